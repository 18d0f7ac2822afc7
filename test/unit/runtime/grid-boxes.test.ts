import { expect, it } from 'vitest';
import { GRID, patchPairToBox, sameCells } from '../../../src/kosmos2/patch-index.ts';
import { briefPrompt } from '../../../src/kosmos2/task-prompts.ts';
import { answer } from '../../support/answer.ts';
import { openDemoEngine } from '../../support/demo-engine.ts';

it('the same tokens have the reference’s boxes on the grid, and else boxes whose sides are at most two cells from those', async () => {
  const engine = await openDemoEngine('scene-00');
  const prompt = briefPrompt('scene-00');
  const onGrid = await answer(engine, { prompt, options: { gridBoxes: true } });
  const between = await answer(engine, { prompt });
  await engine.dispose();
  expect(between.ids).toEqual(onGrid.ids);
  const [cells, places] = [onGrid, between].map(({ grounded }) => grounded.entities.flatMap(({ boxes }) => boxes));
  expect(cells).toHaveLength(4);
  for (const [index, found] of (cells ?? []).entries()) {
    const placed = places?.[index] ?? found;
    expect(found.box).toEqual(patchPairToBox(found));
    expect(sameCells(placed, found)).toBe(true);
    expect(placed.box).not.toEqual(found.box);
    for (const [side, value] of placed.box.entries()) {
      expect(Math.abs(value - (found.box[side] ?? 0))).toBeLessThanOrEqual(2 / GRID);
    }
  }
});
