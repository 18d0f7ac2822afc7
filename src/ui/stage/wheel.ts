import type { StageView } from './stage-view.ts';

/** Zoom of one pixel of the wheel: a notch of 100 zooms by a fifth, a pinch of a trackpad tells far fewer. */
const NOTCH = 1 / 550;
const PINCH = 1 / 100;
/** Pixels of a line, where a wheel counts lines. */
const LINE = 33;
/** How long a movement of the wheel keeps being what it began as, in milliseconds. */
const LULL = 250;

/**
 * The wheel on the stage. A mouse's zooms at the pointer, as a pinch of a trackpad and Ctrl do; two fingers on a trackpad
 * pan. A browser does not say which it is: a mouse's wheel turns straight and by whole notches, and a movement goes on
 * as it began.
 */
export function listenToWheel(stage: HTMLElement, view: StageView): () => void {
  let notched = false;
  let last = Number.NEGATIVE_INFINITY;
  const onWheel = (event: WheelEvent) => {
    if (event.target instanceof Element && event.target.closest('[data-apart]')) return;
    if (event.timeStamp - last > LULL) notched = isNotch(event);
    last = event.timeStamp;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    const pinch = event.ctrlKey || event.metaKey;
    if (!pinch && !notched && view.zoom === 1) return;
    event.preventDefault();
    if (pinch || notched) {
      const { left, top } = stage.getBoundingClientRect();
      const step = isNotch(event) ? NOTCH : PINCH;
      view.zoomAt({ x: event.clientX - left, y: event.clientY - top }, Math.exp(-y * step));
    } else {
      view.panBy({ x: -x, y: -y });
    }
  };
  stage.addEventListener('wheel', onWheel, { passive: false });
  return () => stage.removeEventListener('wheel', onWheel);
}

function isNotch({ deltaMode, deltaX, deltaY }: WheelEvent): boolean {
  if (deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return true;
  return deltaX === 0 && Math.abs(deltaY) >= 50;
}
