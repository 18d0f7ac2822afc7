import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { BackendInfo } from '../../../src/protocol/messages.ts';
import * as strings from '../../../src/ui/all-strings.ts';
import { modelDescription, modelTitle } from '../../../src/ui/common/model-words.ts';
import { replaceWords } from '../../../src/ui/language.ts';
import { german } from '../../../src/ui/strings/german.ts';

/** What is the same in every language: formats, names, and sentences that are empty. */
const SHARED = [
  'header.name',
  'stage.location',
  'stage.box',
  'details.activations',
  'composer.delimiter',
  'modes.expert.placeholder',
  'transfer.percent',
  'models.about',
  'getKosmos2.endpointExample',
];

/** Paths of all words of a dictionary; functions count as words. */
function paths(value: unknown, path: string): readonly string[] {
  if (value === '') return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, path === '' ? key : `${path}.${key}`));
}

/** The same words in lists and groups of their own. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

const groups = Object.fromEntries(Object.entries(strings).filter(([, value]) => typeof value === 'object'));

it('the demo model is named and described in the language of the page, as its package has it in English', async () => {
  const { name, description } = JSON.parse(await readFile('public/models/demo/manifest.json', 'utf8'));
  const said = (model: { readonly name: string; readonly description: string }) => [
    modelTitle(model.name),
    modelDescription(model),
  ];
  expect(said({ name, description })).toEqual([name, description]);
  const english = copyOf(groups);
  try {
    replaceWords(groups, german);
    expect(said({ name, description })).toEqual(['Demomodell', expect.stringMatching(/^Ein winziges KOSMOS-2/)]);
    expect(said({ name, description })[1]?.match(/\d+/g)).toEqual(description.match(/\d+/g));
    // One of before, or trained anew, says other things of itself.
    expect(said({ name, description: 'Knows 62 kinds' })).toEqual(['Demomodell', 'Knows 62 kinds']);
    expect(said({ name: 'KOSMOS-2', description })).toEqual(['KOSMOS-2', description]);
  } finally {
    replaceWords(groups, english as typeof german);
  }
});

it.each([
  ['CPU, 1 thread', 'CPU, 1 Thread'],
  ['CPU, 4 threads (f32)', 'CPU, 4 Threads (f32)'],
  ['ARM Mali, 2 threads', 'ARM Mali, 2 threads'],
])('the threads of a CPU are told in German wherever it is named, and a GPU by its own name: %s', (adapter, words) => {
  const { bench, details } = german;
  expect(details?.adapterName?.(adapter)).toBe(words);
  expect(bench?.ran?.('demo', 6e6, adapter)).toBe(`demo, 6 MB, auf ${words}`);
  expect(german.header?.backend?.({ kind: 'wasm', adapter } as BackendInfo)).toBe(words);
});

it.each([strings.composer.regionHint, german.composer?.regionHint])(
  'one of several regions may stand where the question says “it”, as the hint says in either language',
  (hint) => {
    for (const regions of [[5], [5, 6]]) expect(hint?.(regions)).toMatch(/“it”|„it“/);
  },
);

it.each([strings.composer.regionHint, german.composer?.regionHint])(
  'the mark that the hint gives as its example names a region of the question, in either language',
  (hint) => {
    expect(hint?.([5, 6, 8])).toMatch(/\[region [568]\]/);
  },
);

describe('German', () => {
  it('says everything that English says, and nothing else', () => {
    const english = paths(groups, '').filter(
      (path) => !SHARED.some((one) => path === one || path.startsWith(`${one}.`)),
    );
    const spoken = paths(german, '');
    expect(english.filter((path) => !spoken.includes(path))).toEqual([]);
    expect(spoken.filter((path) => !paths(groups, '').includes(path))).toEqual([]);
  });

  it('names as many keys as English', () => {
    const counts = (groups: (typeof strings.shortcuts)['groups']) => groups.map(({ keys }) => keys.length);
    const { groups } = german.shortcuts as typeof strings.shortcuts;
    expect(counts(groups)).toEqual(counts(strings.shortcuts.groups));
  });

  it('takes the places of the English words wherever they are held', () => {
    const { composer, shortcuts } = strings;
    const english = copyOf(groups);
    const before = composer.stop;
    try {
      replaceWords(groups, german);
      expect(composer.stop).not.toBe(before);
      expect(strings.conversation.firstWord(300)).toBe('0,3 s bis zum ersten Wort');
      expect(shortcuts.groups).toHaveLength(5);
    } finally {
      // Other files of this worker read the same words.
      replaceWords(groups, english as typeof german);
    }
    expect(composer.stop).toBe(before);
    expect(copyOf(groups)).toEqual(english);
  });
});
