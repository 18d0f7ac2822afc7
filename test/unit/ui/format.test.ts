import { expect, it } from 'vitest';
import { size } from '../../../src/ui/strings/format.ts';
import { stage as german } from '../../../src/ui/strings/german/stage.ts';
import { boxActions } from '../../../src/ui/strings/stage.ts';

it.each([
  [0, '0 kB'],
  [45_200, '45 kB'],
  [4_980_000, '5 MB'],
  [1_170_000_000, '1.17 GB'],
])('%d bytes are %s: never as much as a megabyte where a percentage beside them says none', (bytes, words) => {
  expect(size(bytes)).toBe(words);
});

it.each([
  [0, '<0.1%', '<0,1 %'],
  [0.0049, '0.5%', '0,5 %'],
  [0.014, '1.4%', '1,4 %'],
  [0.93, '93%', '93 %'],
  [1, '100%', '100 %'],
])('a box of probability %d is said to have %s, as everywhere else', (score, english, deutsch) => {
  expect(boxActions.score(score)).toBe(`Probability of exactly this box: ${english}`);
  expect(german.boxActions?.score?.(score)).toBe(`Wahrscheinlichkeit genau dieses Kastens: ${deutsch}`);
});
