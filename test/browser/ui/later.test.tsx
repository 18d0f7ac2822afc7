import { type ReactNode, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { Later } from '../../../src/ui/common/Later.tsx';

let root: Root;
let place: HTMLElement;

function show(what: ReactNode): void {
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  root.render(<StrictMode>{what}</StrictMode>);
}

afterEach(() => {
  vi.restoreAllMocks();
  root.unmount();
  place.remove();
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

it('parts come one by one, each only after a frame that has those before, and their place is kept until then', async () => {
  const waiting: FrameRequestCallback[] = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((call) => waiting.push(call));
  // Less than such a page waits for a frame at all.
  const settled = () => new Promise((resolve) => setTimeout(resolve, 200));
  const frame = async () => {
    for (const call of waiting.splice(0)) call(performance.now());
    await settled();
  };
  show(parts);
  await settled();
  expect(words()).toEqual(['first', 'room']);
  await frame();
  expect(words()).toEqual(['first', 'room', 'second']);
  await frame();
  expect(words()).toEqual(['first', 'last', 'second']);
});

it('a page that nobody sees, and that has no frames, has its parts all the same', async () => {
  vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
  show(parts);
  await expect.poll(words, { timeout: 5000 }).toEqual(['first', 'last', 'second']);
});

it('what is taken off the page before its turn never comes', async () => {
  const failed = vi.spyOn(console, 'error');
  show(parts);
  await expect.poll(words).toContain('first');
  root.render(null);
  await new Promise((resolve) => setTimeout(resolve, 1300));
  expect(words()).toEqual([]);
  expect(failed).not.toHaveBeenCalled();
});
