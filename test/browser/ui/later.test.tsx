import { act, type ReactNode, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Later } from '../../../src/ui/common/Later.tsx';

let root: Root;
let place: HTMLElement;

// Time stands still but for what a test lets happen, and whatever comes of that has come when `act` returns.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] });
});

function show(what: ReactNode): void {
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  act(() => root.render(<StrictMode>{what}</StrictMode>));
}

/** A frame and the task behind it. */
const frame = () => act(() => void vi.advanceTimersToNextFrame().advanceTimersByTime(1));

afterEach(() => {
  act(() => root.unmount());
  place.remove();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const parts = (
  <>
    <p>first</p>
    <Later frames={2} meanwhile={<p>room</p>}>
      <p>last</p>
    </Later>
    <Later frames={1}>
      <p>second</p>
    </Later>
  </>
);
const words = () => [...place.children].map(({ textContent }) => textContent);

it('parts come one by one, each only after a frame that has those before, and their place is kept until then', () => {
  show(parts);
  expect(words()).toEqual(['first', 'room']);
  frame();
  expect(words()).toEqual(['first', 'room', 'second']);
  frame();
  expect(words()).toEqual(['first', 'last', 'second']);
});

it('a page that nobody sees, and that has no frames, has its parts all the same', () => {
  vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
  show(parts);
  for (const _ of ['second', 'last']) act(() => void vi.runOnlyPendingTimers());
  expect(words()).toEqual(['first', 'last', 'second']);
});

it('what is taken off the page before its turn never comes', () => {
  const failed = vi.spyOn(console, 'error');
  show(parts);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  act(() => root.render(null));
  expect(vi.getTimerCount()).toBe(0);
  expect(words()).toEqual([]);
  expect(failed).not.toHaveBeenCalled();
});
