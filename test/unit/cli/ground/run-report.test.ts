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

it.each([
  [
    1,
    1,
    '1 row answered; none failed.\n  1 picture is left out of coco, yolo and voc, which would say that nothing is in it',
  ],
  [
    2,
    3,
    '2 rows answered; none failed.\n  3 pictures are left out of coco, yolo and voc, which would say that nothing is in them',
  ],
])('the last words of %d rows count them, and %d pictures that are left out, as people do', (rows, leftOut, words) => {
  let told = '';
  const write = (text: string) => {
    told += text;
  };
  const report = runReport({ write }, () => 0);
  for (let index = 0; index < rows; index += 1) report.add({ index });
  report.end(leftOut);
  expect(told).toContain(words);
});
