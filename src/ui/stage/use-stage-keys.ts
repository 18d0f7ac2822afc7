import { type RefObject, useEffect, useRef, useState } from 'react';
import { ARROWS } from '../common/arrows.ts';
import type { Shaping } from './shaping.ts';
import type { StageView } from './stage-view.ts';

/** How far an arrow pans, in CSS pixels. */
const PAN = 60;
/** How much a step of the keys and of the tools zooms. */
export const ZOOM_STEP = 1.4;

interface Options {
  readonly view: StageView;
  readonly shaping: Pick<Shaping, 'keyed' | 'place'>;
}

/**
 * Keys while the stage or something on it has the focus: + - 0 and arrows for the view; arrows, Shift and arrows, and
 * Delete for a shape; R for a new one in the middle of what is seen.
 * @returns whether Space is held down, with which the pointer pans
 */
export function useStageKeys(stageRef: RefObject<HTMLElement | null>, { view, shaping }: Options): boolean {
  const [space, setSpace] = useState(false);
  const latest = useRef(shaping);
  useEffect(() => {
    latest.current = shaping;
  });
  useEffect(() => {
    const stage = stageRef.current;
    if (!stage) return;
    // It is looked at and moved by keys, so it takes the focus.
    stage.tabIndex = 0;

    function run(event: KeyboardEvent): boolean {
      const { keyed, place } = latest.current;
      const arrow = ARROWS[event.key];
      if (arrow) {
        const [x, y] = arrow;
        if (keyed && event.shiftKey) keyed.grow({ x, y }, event.repeat);
        else if (keyed) keyed.nudge({ x, y }, event.repeat);
        else if (view.zoom > 1) view.panBy({ x: -x * PAN, y: -y * PAN });
        else return false;
        return true;
      }
      if (event.key === '+' || event.key === '=') view.zoomBy(ZOOM_STEP);
      else if (event.key === '-' || event.key === '_') view.zoomBy(1 / ZOOM_STEP);
      else if (event.key === '0') view.fit();
      else if ((event.key === 'Delete' || event.key === 'Backspace') && keyed) {
        if (!event.repeat) keyed.remove();
      } else if (event.key === 'r') place();
      else if (event.key === ' ' && event.target === stage) setSpace(true);
      else return false;
      return true;
    }

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      // What is written in a panel of the stage is its own.
      if (event.target instanceof HTMLInputElement) return;
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
  }, [stageRef, view]);
  return space;
}
