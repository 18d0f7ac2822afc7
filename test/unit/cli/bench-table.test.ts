import { expect, it } from 'vitest';
import { table } from '../../../src/cli/bench/table.ts';
import { threeDigits } from '../../../src/protocol/three-digits.ts';
import { replaceWords } from '../../../src/ui/language.ts';
import { bench } from '../../../src/ui/strings/bench.ts';
import { bench as german } from '../../../src/ui/strings/german/bench.ts';

it.each([
  [0.12345, '0.123'],
  [12.345, '12.3'],
  [999.4, '999'],
  [999.7, '1000'],
  [3124.6, '3125'],
  [1_234_567, '1234567'],
])('%d is %s in a table, never a power of ten', (value, words) => {
  expect(threeDigits(value)).toBe(words);
});

it('times and rates of any size are plain numbers in the table of the benchmark', () => {
  const time = { median: 3124.6, min: 999.7, max: 12_345, runs: 3 };
  const rows = [{ stage: 'import as q8', time, amount: 10_000, unit: 'MB' }];
  expect(table('a machine', rows)).toContain('| import as q8 | 3125 (1000 to 12345) | 3200 MB/s |');
});

it('the bench page has the least and the most time in the unit of the median', () => {
  expect([bench.milliseconds(3124.6), bench.range(999.7, 12_345, 3)]).toEqual(['3.12 s', '1.00 s to 12.3 s']);
  expect(bench.rate(3124.6)).toBe('3125');
  // Where the page speaks German, its words stand in the place of the English ones.
  const english = { ...bench };
  try {
    replaceWords({ bench }, german);
    expect([bench.milliseconds(87.65), bench.range(87.65, 12_345, 3)]).toEqual(['87,7 ms', '87,7 ms bis 12,3 s']);
    expect([bench.rate(12.34), bench.rate(3124.6)]).toEqual(['12,3', '3125']);
  } finally {
    Object.assign(bench, english);
  }
});
