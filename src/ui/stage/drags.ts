import { GRID, type PatchPair } from '../../kosmos2/patch-index.ts';
import { type Edges, movedBy, reshaped, spanned } from './patch-moves.ts';
import type { StageView } from './stage-view.ts';
import { onPicture, type Point } from './view.ts';

/** What a press does as it moves on. Points are CSS pixels of the stage. */
export interface Drag {
  readonly kind: 'pan' | 'draw' | 'shape';
  move(to: Point): void;
  /** @param done false where it was broken off, which leaves everything as it was before */
  end(done: boolean): void;
}

export function panDrag(view: StageView, from: Point): Drag {
  let last = from;
  return {
    kind: 'pan',
    move(to) {
      view.panBy({ x: to.x - last.x, y: to.y - last.y });
      last = to;
    },
    end() {},
  };
}

/** Draws a new region; `show` hears of its cells while it grows, and of null when it is over. */
export function drawDrag(
  view: StageView,
  from: Point,
  show: (patches: PatchPair | null) => void,
  done: (patches: PatchPair) => void,
): Drag {
  const start = onPicture(from, view.picture);
  let patches = spanned(start, start);
  return {
    kind: 'draw',
    move(to) {
      patches = spanned(start, onPicture(to, view.picture));
      show(patches);
    },
    end(finished) {
      show(null);
      if (finished) done(patches);
    },
  };
}

/** Moves a region by the cells the pointer has gone. */
export function moveDrag(view: StageView, from: Point, before: PatchPair, change: (patches: PatchPair) => void): Drag {
  const start = onPicture(from, view.picture);
  return {
    kind: 'shape',
    move(to) {
      const { x, y } = onPicture(to, view.picture);
      change(movedBy(before, Math.round((x - start.x) * GRID), Math.round((y - start.y) * GRID)));
    },
    end(finished) {
      if (!finished) change(before);
    },
  };
}

/** Draws some edges of a region to the pointer. */
export function shapeDrag(
  view: StageView,
  edges: Edges,
  before: PatchPair,
  change: (patches: PatchPair) => void,
): Drag {
  return {
    kind: 'shape',
    move: (to) => change(reshaped(before, edges, onPicture(to, view.picture))),
    end(finished) {
      if (!finished) change(before);
    },
  };
}
