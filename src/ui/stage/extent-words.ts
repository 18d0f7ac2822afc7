import type { UnitBox } from '../../kosmos2/box.ts';
import * as strings from '../strings.ts';

/** How far something goes that is shaped by keys, after what it is called and about where, for people who do not see it. */
export function extentWords(named: string, box: UnitBox): string {
  return strings.stage.extent(
    named,
    box.map((side) => Math.round(100 * side)),
  );
}
