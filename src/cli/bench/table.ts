import { threeDigits } from '../../protocol/three-digits.ts';
import type { Spread } from '../../runtime/bench/measure.ts';

/** What was measured of a stage. */
export interface Row {
  readonly stage: string;
  /** Milliseconds of one run. */
  readonly time: Spread;
  /** What one run gets through, and in which unit. */
  readonly amount: number;
  readonly unit: string;
}

/** Rows as a Markdown table: the median, its extremes, and what that is a second. */
export function table(machine: string, rows: readonly Row[]): string {
  const lines = rows.map(({ stage, time, amount, unit }) => {
    const rate = threeDigits((amount * 1000) / time.median);
    return `| ${stage} | ${threeDigits(time.median)} (${threeDigits(time.min)} to ${threeDigits(time.max)}) | ${rate} ${unit}/s |`;
  });
  return [
    machine,
    '',
    '| Stage | Milliseconds: median (min to max) | Rate |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
