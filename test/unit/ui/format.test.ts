import { expect, it } from 'vitest';
import { seconds, size } from '../../../src/ui/strings/format.ts';
import { sekunden } from '../../../src/ui/strings/german/format.ts';
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

it.each([
  [0, '<0.01', '<0,01'],
  [4, '<0.01', '<0,01'],
  [14, '0.01', '0,01'],
  [300, '0.3', '0,3'],
])('%d ms are %s s: what took time is never said to have taken none', (time, english, deutsch) => {
  expect(seconds(time)).toBe(english);
  expect(sekunden(time)).toBe(deutsch);
});
