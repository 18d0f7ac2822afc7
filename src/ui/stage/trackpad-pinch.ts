import type { StageView } from './stage-view.ts';

/** What Safari tells of two fingers, on a trackpad or on glass; no other browser has it, nor has TypeScript. */
interface GestureEvent extends UIEvent {
  /** How far apart they are, of how far they were at the beginning. */
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
}

const TOUCHES = ['touchstart', 'touchend', 'touchcancel'] as const;
const GESTURES = ['gesturestart', 'gesturechange'] as const;

/** A pinch of a trackpad in Safari zooms at the pointer, as the wheel does that other browsers make of it. */
export function listenToTrackpadPinch(stage: HTMLElement, view: StageView): () => void {
  let fingers = 0;
  let last = 1;
  const onTouch = ({ touches }: TouchEvent) => {
    fingers = touches.length;
  };
  const onGesture = (event: Event) => {
    // Fingers on glass are heard as pointers.
    if (fingers > 0 || (event.target instanceof Element && event.target.closest('[data-apart]'))) return;
    // Safari would enlarge the page.
    event.preventDefault();
    const { type, scale, clientX, clientY } = event as GestureEvent;
    const { left, top } = stage.getBoundingClientRect();
    if (type === 'gesturechange') view.zoomAt({ x: clientX - left, y: clientY - top }, scale / last);
    last = scale;
  };
  for (const type of TOUCHES) stage.addEventListener(type, onTouch, { passive: true });
  for (const type of GESTURES) stage.addEventListener(type, onGesture);
  return () => {
    for (const type of TOUCHES) stage.removeEventListener(type, onTouch);
    for (const type of GESTURES) stage.removeEventListener(type, onGesture);
  };
}
