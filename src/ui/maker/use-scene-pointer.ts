import {
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useRef,
} from 'react';
import type { Thing } from '../../scenes/scene.ts';
import { change, endGesture, makerStore, select } from './maker-store.ts';

/** A press on a thing, and what moving on does to it. */
interface Hold {
  readonly pointer: number;
  move(x: number, y: number): void;
}

let lastGesture = 0;

/** Another name for every drag, by which its changes are taken back together. */
export function newGesture(): string {
  return `drag ${++lastGesture}`;
}

/**
 * Drags things about the scene and resizes them by their handles, about their centre. A press beside all of them selects
 * none.
 */
export function useScenePointer(sceneRef: RefObject<HTMLElement | null>) {
  const hold = useRef<Hold | null>(null);

  const at = (event: ReactPointerEvent): readonly [number, number] => {
    const { left, top, width, height } = sceneRef.current?.getBoundingClientRect() ?? new DOMRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  };

  return {
    onPointerDown(event: ReactPointerEvent<HTMLElement>) {
      if (event.button !== 0 || hold.current || !(event.target instanceof Element)) return;
      const id = Number(event.target.closest<HTMLElement>('[data-thing]')?.dataset.thing);
      const thing = makerStore.getState().scene.things.find((one) => one.id === id);
      select(thing?.id ?? null);
      if (!thing) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      // The frame of a thing takes no focus, the thing does: keys go on with what the pointer took.
      event.currentTarget
        .querySelector<HTMLElement>(`button[data-thing="${thing.id}"]`)
        ?.focus({ preventScroll: true });
      const [x, y] = at(event);
      const sizes = event.target.closest('[data-handle]') !== null;
      hold.current = { pointer: event.pointerId, move: sizes ? sizing(thing, x, y) : moving(thing, x, y) };
    },
    onMouseDown(event: ReactMouseEvent) {
      // Else the focus would go to where the pointer is captured.
      if (hold.current) event.preventDefault();
    },
    onPointerMove(event: ReactPointerEvent) {
      if (event.pointerId === hold.current?.pointer) hold.current.move(...at(event));
    },
    onPointerUp: release,
    onPointerCancel: release,
  };

  function release(event: ReactPointerEvent): void {
    if (event.pointerId !== hold.current?.pointer) return;
    hold.current = null;
    endGesture();
  }
}

function moving({ id, x, y }: Thing, fromX: number, fromY: number): Hold['move'] {
  const gesture = newGesture();
  return (toX, toY) => change(id, { x: x + toX - fromX, y: y + toY - fromY }, gesture);
}

function sizing({ id, x, y, size }: Thing, fromX: number, fromY: number): Hold['move'] {
  const gesture = newGesture();
  const before = Math.max(0.01, Math.hypot(fromX - x, fromY - y));
  return (toX, toY) => change(id, { x, y, size: (size * Math.hypot(toX - x, toY - y)) / before }, gesture);
}
