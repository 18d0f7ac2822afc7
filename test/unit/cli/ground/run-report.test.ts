import { expect, it } from 'vitest';
import { runReport } from '../../../../src/cli/ground/run-report.ts';

it('progress tells rate and time left, without counting what an earlier run did', () => {
  let now = 0;
  const told: string[] = [];
  const report = runReport({ write: (text) => told.push(text) }, () => now);
  const line = (index: number) => ({ index, entities: [] });
  for (let index = 0; index < 500; index += 1) report.add(line(index), true);
  report.expect(1000);
  for (let index = 500; index < 520; index += 1) {
    now += 1;
    report.add(line(index));
  }
  expect(told).toEqual(['510 of 1000 rows (51%), 1.0/s, 8:10 left\n', '520 of 1000 rows (52%), 1.0/s, 8:00 left\n']);
});
