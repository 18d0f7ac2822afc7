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

it('parts come one after another, each after a frame that painted those before, and their place is kept until then', async () => {
  const states: { readonly words: readonly (string | null)[]; readonly frame: number }[] = [];
  let frame = 0;
  const count = () => {
    frame += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  show(parts);
  const observer = new MutationObserver(() => states.push({ words: words(), frame }));
  observer.observe(place, { childList: true, characterData: true, subtree: true });
  await expect.poll(() => states.at(-1)?.words).toEqual(['first', 'last', 'second']);
  observer.disconnect();
  expect(states.map((state) => state.words)).toEqual([
    ['first', 'room'],
    ['first', 'room', 'second'],
    ['first', 'last', 'second'],
  ]);
  const frames = states.map((state) => state.frame);
  expect(new Set(frames).size).toBe(3);
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
