import type { GroundedBox } from './grounded-text.ts';

/** Mean score of the boxes that were generated, null where none was. */
export function meanScore(boxes: readonly GroundedBox[]): number | null {
  const scores = boxes.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
