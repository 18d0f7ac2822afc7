import { type Dispatch, type SetStateAction, useState } from 'react';
import type { UnitBox } from '../../kosmos2/box.ts';
import { imageOf } from '../../state/app-state.ts';
import { boxDeletion, boxMove, fitted } from '../../state/correct.ts';
import type { MarkedBox } from '../../state/marks.ts';
import { useActions, useApp, useAppStore } from '../common/app-context.ts';
import { boxBetween, grownBox, movedBox, reshapedBox } from './box-moves.ts';
import type { Drag } from './drags.ts';
import { extentWords } from './extent-words.ts';
import { positionWords } from './position-words.ts';
import type { Shape, Shaping } from './shaping.ts';
import { isChosen } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import { middle } from './use-region-shaping.ts';
import { onPicture, type Point } from './view.ts';

interface BoxShaping extends Shaping {
  /** Tells the key of the box that has the focus. */
  readonly reach: Dispatch<SetStateAction<string | null>>;
}

/** How far an arrow moves an edge in CSS pixels, and how far while it is held: finer when the picture is enlarged. */
const STEP = 1;
const HELD_STEP = 5;

let gestures = 0;

/**
 * Draws and changes the boxes of the answer that is being corrected, anywhere on the picture.
 * @param say hears in words what a key did; that a box was deleted is told beside the conversation
 */
export function useBoxShaping(view: StageView, say: (words: string) => void): BoxShaping {
  const store = useAppStore();
  const { correct, sketchBox, takeSketch, undo } = useActions();
  const boxes = useApp((state) => imageOf(state).boxes);
  const selected = useApp((state) => state.selected);
  const correcting = useApp((state) => state.correcting);
  const [reached, reach] = useState<string | null>(null);

  const onGrid = (box: UnitBox) => {
    const { width, height } = imageOf(store.getState());
    return fitted(box, width, height);
  };
  const own = boxes.filter(({ turn }) => turn === correcting?.turn);

  /** A shape from what it is now, and what puts it elsewhere. */
  function shapeOf(
    now: () => UnitBox,
    put: (box: UnitBox, gesture: string) => void,
    back: (before: UnitBox) => void,
    remove: () => void,
  ): Shape {
    function drag(change: (before: UnitBox, to: Point) => UnitBox): Drag {
      const before = now();
      const gesture = `drag ${++gestures}`;
      let moved = false;
      return {
        kind: 'shape',
        move(to) {
          moved = true;
          put(onGrid(change(before, onPicture(to, view.picture))), gesture);
        },
        end: (finished) => !finished && moved && back(before),
      };
    }
    function step(change: (box: UnitBox, by: Point) => UnitBox) {
      return ({ x, y }: Point, held: boolean) => {
        if (!held) gestures++;
        const pixels = held ? HELD_STEP : STEP;
        const by = { x: (x * pixels) / view.picture.width, y: (y * pixels) / view.picture.height };
        put(onGrid(change(now(), by)), `key ${gestures}`);
        say(extentWords(positionWords(now()), now()));
      };
    }
    return {
      box: now(),
      move(from) {
        const start = onPicture(from, view.picture);
        return drag((before, to) => movedBox(before, { x: to.x - start.x, y: to.y - start.y }));
      },
      pull: (edges) => drag((before, to) => reshapedBox(before, edges, to)),
      nudge: step(movedBox),
      grow: step(grownBox),
      remove,
    };
  }

  function ofMark(mark: MarkedBox | undefined): Shape | null {
    if (!mark) return null;
    const now = () => imageOf(store.getState()).boxes.find(({ key }) => key === mark.key)?.box ?? mark.box;
    return shapeOf(
      now,
      (box, gesture) => correct((state) => boxMove(state, mark, box, gesture)),
      undo,
      () => correct((state) => boxDeletion(state, mark.turn, mark.entity, mark.index)),
    );
  }

  function ofFresh(fresh: UnitBox | null | undefined): Shape | null {
    if (!fresh) return null;
    const now = () => store.getState().correcting?.fresh ?? fresh;
    return shapeOf(now, sketchBox, sketchBox, () => sketchBox(null));
  }

  const shape = ofFresh(correcting?.fresh) ?? ofMark(own.find((mark) => isChosen(mark, selected)));
  return {
    reach,
    shape,
    keyed: ofMark(own.find(({ key }) => key === reached)) ?? shape,
    draw(from) {
      const start = onPicture(from, view.picture);
      takeSketch();
      return {
        kind: 'draw',
        move: (to) => sketchBox(onGrid(boxBetween(start, onPicture(to, view.picture)))),
        end: (finished) => !finished && sketchBox(null),
      };
    },
    place() {
      takeSketch();
      const fresh = onGrid(boxBetween(...middle(view)));
      sketchBox(fresh);
      say(extentWords(positionWords(fresh), fresh));
    },
  };
}
