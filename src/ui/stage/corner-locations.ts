import type { BoxCorner } from '../../kosmos2/grounded-text.ts';
import { sameCells } from '../../kosmos2/patch-index.ts';
import type { MarkedBox } from '../../state/marks.ts';
import type { Turn } from '../../state/turn.ts';

export type Corner = BoxCorner['corner'];

/**
 * Where the model thought a corner of a box was, `[1024]`, cell by cell; null where its answer was not traced, or a person
 * put the box there.
 */
export function cornerLocations(turn: Turn | undefined, mark: MarkedBox, corner: Corner): Float32Array | null {
  const said = (turn?.original ?? turn)?.grounded?.entities[mark.entity]?.boxes ?? [];
  const index = said.findIndex((each) => sameCells(each, mark.patches) && each.box.join() === mark.box.join());
  const token = turn?.tokens.find(({ trace }) => {
    const at = trace?.corner;
    return at && at.entity === mark.entity && at.box === index && at.corner === corner;
  });
  return token?.trace?.locations ?? null;
}
