import { expect, it } from 'vitest';
import { size } from '../../../src/ui/strings/format.ts';

it.each([
  [0, '0 kB'],
  [45_200, '45 kB'],
  [4_980_000, '5 MB'],
  [1_170_000_000, '1.17 GB'],
])('%d bytes are %s: never as much as a megabyte where a percentage beside them says none', (bytes, words) => {
  expect(size(bytes)).toBe(words);
});
