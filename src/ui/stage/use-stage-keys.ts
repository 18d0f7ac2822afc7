import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PatchPair } from '../../kosmos2/prompt.ts';
import type { Region } from '../../state/turn.ts';
import { useActions } from '../common/app-context.ts';
import { grownBy, movedBy, spanned } from './patch-moves.ts';
import type { StageView } from './stage-view.ts';
import { onPicture } from './view.ts';

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow pans, in CSS pixels. */
const PAN = 60;
/** How much a step of the keys and of the tools zooms. */
export const ZOOM_STEP = 1.4;

interface Options {
  readonly view: StageView;
  /** The region the keys move: the one with the focus, otherwise the selected one. */
  readonly region: Region | null;
}

/**
 * Keys while the stage or something on it has the focus: + - 0 and arrows for the view; arrows, Shift and arrows, and
 * Delete for a region; R for a new one in the middle of what is seen.
 * @returns whether Space is held down, with which the pointer pans
 */
export function useStageKeys(stageRef: RefObject<HTMLElement | null>, { view, region }: Options): boolean {
  const { addRegion, moveRegion, removeRegion } = useActions();
  const [space, setSpace] = useState(false);
  const latest = useRef({ region });
  useEffect(() => {
    latest.current = { region };
  });
  useEffect(() => {
    const stage = stageRef.current;
    if (!stage) return;
    // It is looked at and moved by keys, so it takes the focus.
    stage.tabIndex = 0;

    function shape(change: (patches: PatchPair) => PatchPair): void {
      const { region } = latest.current;
      if (region) moveRegion(region.number, change);
    }

    function run(event: KeyboardEvent): boolean {
      const { region } = latest.current;
      const arrow = ARROWS[event.key];
      if (arrow) {
        const [x, y] = arrow;
        if (region) shape((patches) => (event.shiftKey ? grownBy(patches, x, y) : movedBy(patches, x, y)));
        else if (view.zoom > 1) view.panBy({ x: -x * PAN, y: -y * PAN });
        else return false;
        return true;
      }
      if (event.key === '+' || event.key === '=') view.zoomBy(ZOOM_STEP);
      else if (event.key === '-' || event.key === '_') view.zoomBy(1 / ZOOM_STEP);
      else if (event.key === '0') view.fit();
      else if ((event.key === 'Delete' || event.key === 'Backspace') && region) removeRegion(region.number);
      else if (event.key === 'r') addRegion(inTheMiddle(view));
      else if (event.key === ' ' && event.target === stage) setSpace(true);
      else return false;
      return true;
    }

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (run(event)) event.preventDefault();
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ') setSpace(false);
    };
    const onBlur = () => setSpace(false);
    stage.addEventListener('keydown', onKeyDown);
    addEventListener('keyup', onKeyUp);
    addEventListener('blur', onBlur);
    return () => {
      stage.removeEventListener('keydown', onKeyDown);
      removeEventListener('keyup', onKeyUp);
      removeEventListener('blur', onBlur);
    };
  }, [stageRef, view, addRegion, moveRegion, removeRegion]);
  return space;
}

/** The cells of the middle quarter of what is seen, each way. */
function inTheMiddle({ layout: { stage }, picture }: StageView): PatchPair {
  const at = (part: number) =>
    onPicture({ x: stage.x + part * stage.width, y: stage.y + part * stage.height }, picture);
  return spanned(at(3 / 8), at(5 / 8));
}
