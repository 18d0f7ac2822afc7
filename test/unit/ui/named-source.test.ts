import { expect, it } from 'vitest';
import { namedSource } from '../../../src/ui/models/named-source.ts';

const OFFICIAL = 'hf:microsoft/kosmos-2-patch14-224';

it.each([
  [OFFICIAL, OFFICIAL],
  [' microsoft/kosmos-2-patch14-224 ', OFFICIAL],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224', OFFICIAL],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224/', OFFICIAL],
  ['huggingface.co/microsoft/kosmos-2-patch14-224?library=transformers', OFFICIAL],
  ['https://hf.co/microsoft/kosmos-2-patch14-224', OFFICIAL],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224/tree/main', `${OFFICIAL}@main`],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224/tree/refs%2Fpr%2F8', `${OFFICIAL}@refs/pr/8`],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224/tree/refs/pr/8', `${OFFICIAL}@refs/pr/8`],
  ['https://huggingface.co/microsoft/kosmos-2-patch14-224/blob/main/config.json', `${OFFICIAL}@main`],
  // To be told what is wrong with it.
  ['hf:microsoft', 'hf:microsoft'],
])('%j names a repository of the hub', (text, name) => {
  expect(namedSource(text)).toEqual({ kind: 'hub', name });
});

it.each([
  'https://models.example/kosmos-2/',
  'https://models.example/huggingface.co/a/b',
  'https://huggingface.co/microsoft/kosmos-2-patch14-224/resolve/main/',
  'https://huggingface.co.example/a/b',
  'https://huggingface.co/datasets/kosmos',
  '../models/kosmos-2',
])('%j is the address of a folder', (url) => {
  expect(namedSource(url)).toEqual({ kind: 'site', url });
});
