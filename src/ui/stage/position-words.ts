import type { UnitBox } from '../../kosmos2/box.ts';
import { position } from '../strings.ts';

/** Where a box lies on the picture, for people who do not see it: by the third its centre is in. */
export function positionWords(box: UnitBox): string {
  const third = (value: number) => Math.min(2, Math.max(0, Math.floor(value * 3))) as 0 | 1 | 2;
  const column = third((box[0] + box[2]) / 2);
  const row = third((box[1] + box[3]) / 2);
  if (column === 1 && row === 1) return position.centre;
  if (row === 1) return position.across[column];
  if (column === 1) return position.down[row];
  return `${position.across[column]}, ${position.down[row]}`;
}
