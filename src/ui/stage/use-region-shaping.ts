import { type Dispatch, type SetStateAction, useState } from 'react';
import type { PatchPair } from '../../kosmos2/patch-index.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp, useAppStore } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { drawDrag, moveDrag, shapeDrag } from './drags.ts';
import { extentWords } from './extent-words.ts';
import { grownBy, movedBy, spanned } from './patch-moves.ts';
import { positionWords } from './position-words.ts';
import type { Shape, Shaping } from './shaping.ts';
import type { StageView } from './stage-view.ts';
import { onPicture, type Point } from './view.ts';

interface RegionShaping extends Shaping {
  /** The region being drawn. */
  readonly sketch: PatchPair | null;
  /** Tells which region has the focus. */
  readonly reach: Dispatch<SetStateAction<number | null>>;
}

/**
 * Draws and changes the regions of the question, cell by cell of the model's grid.
 * @param say hears in words what a key did
 */
export function useRegionShaping(view: StageView, say: (words: string) => void): RegionShaping {
  const store = useAppStore();
  const regions = useApp((state) => state.draft.regions);
  const picked = useApp((state) => state.picked);
  const [reached, reach] = useState<number | null>(null);
  const [sketch, setSketch] = useState<PatchPair | null>(null);
  const { addRegion, moveRegion, removeRegion } = useActions();

  function sayExtent(number: number): void {
    const region = store.getState().draft.regions.find((one) => one.number === number);
    if (region) say(extentWords(strings.stage.region(number, positionWords(region.box)), region.box));
  }

  function shapeOf({ number, box, patches }: Region): Shape {
    const change = (to: PatchPair) => moveRegion(number, () => to);
    const step = (to: (now: PatchPair, columns: number, rows: number) => PatchPair) => {
      return ({ x, y }: Point) => {
        moveRegion(number, (now) => to(now, x, y));
        sayExtent(number);
      };
    };
    return {
      box,
      move: (from) => moveDrag(view, from, patches, change),
      pull: (edges) => shapeDrag(view, edges, patches, change),
      nudge: step(movedBy),
      grow: step(grownBy),
      remove() {
        removeRegion(number);
        say(strings.stage.regionRemoved(number));
      },
    };
  }

  const numbered = (number: number | null) => {
    const region = regions.find((one) => one.number === number);
    return region ? shapeOf(region) : null;
  };
  return {
    sketch,
    reach,
    shape: numbered(picked),
    keyed: numbered(reached ?? picked),
    draw: (from) => drawDrag(view, from, setSketch, addRegion),
    place: () => sayExtent(addRegion(spanned(...middle(view)))),
  };
}

/** Two corners of the middle quarter of what is seen, each way, in 0..1 of the picture. */
export function middle({ layout: { stage }, picture }: StageView) {
  const at = (part: number) =>
    onPicture({ x: stage.x + part * stage.width, y: stage.y + part * stage.height }, picture);
  return [at(3 / 8), at(5 / 8)] as const;
}
