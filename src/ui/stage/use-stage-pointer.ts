import { type RefObject, useEffect, useRef, useState } from 'react';
import { useActions } from '../common/app-context.ts';
import type { Drag } from './drags.ts';
import { pickOf, under } from './pick.ts';
import type { Shaping } from './shaping.ts';
import { placeOf } from './stage-boxes.ts';
import { type Hands, StagePointer, type Tool } from './stage-pointer.ts';
import type { StageView } from './stage-view.ts';
import { listenToTrackpadPinch } from './trackpad-pinch.ts';
import type { Placement } from './use-placement.ts';
import type { Point } from './view.ts';
import { listenToWheel } from './wheel.ts';

interface Options {
  readonly tool: Tool;
  readonly panning: boolean;
  readonly placement: Placement;
  readonly shaping: Shaping;
  /** Whether an answer is being corrected: its boxes alone are there to be pressed. */
  readonly correcting: boolean;
}

/** How far apart two presses may be to count as one place, in CSS pixels. */
const SAME_POINT = 6;

/** Connects the pointer on the stage with what a person can do. @returns what is being dragged */
export function useStagePointer(
  stageRef: RefObject<HTMLElement | null>,
  view: StageView,
  { tool, panning, placement, shaping, correcting }: Options,
): Drag['kind'] | null {
  const actions = useActions();
  const [busy, setBusy] = useState<Drag['kind'] | null>(null);
  const lastPress = useRef<{ readonly at: Point; readonly key: string | null } | null>(null);
  const lastHover = useRef<string | null>(null);

  const items = [...placement.boxes, ...placement.regions];

  const hands: Hands = {
    tool,
    shaping,
    panning,
    press(at) {
      const last = lastPress.current;
      const again = last !== null && Math.hypot(at.x - last.at.x, at.y - last.at.y) <= SAME_POINT;
      const found = pickOf(under(items, at), again ? last.key : null);
      lastPress.current = { at, key: found?.key ?? null };
      if (!found && correcting) actions.select(null);
      else if (!found) actions.showAllBoxes();
      else if ('region' in found) actions.pickRegion(found.region.number);
      else actions.select(placeOf(found.mark));
    },
    hover(at) {
      const found = at ? under(placement.boxes, at)[0] : undefined;
      if ((found?.key ?? null) === lastHover.current) return;
      lastHover.current = found?.key ?? null;
      actions.point(found ? placeOf(found.mark) : null);
    },
    busy: setBusy,
  };
  const latest = useRef(hands);
  useEffect(() => {
    latest.current = hands;
  });

  useEffect(() => {
    const stage = stageRef.current;
    if (!stage) return;
    const pointer = new StagePointer(stage, view, () => latest.current);
    const stopWheel = listenToWheel(stage, view);
    const stopPinch = listenToTrackpadPinch(stage, view);
    // Escape breaks a drag off before it closes anything.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !pointer.dragging) return;
      event.stopImmediatePropagation();
      pointer.cancel();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      pointer.dispose();
      stopWheel();
      stopPinch();
      removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [stageRef, view]);
  return busy;
}
