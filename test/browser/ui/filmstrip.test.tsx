import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const names = () => store.getState().images.map(({ name }) => name);
const focused = () => names()[all('.thumb').indexOf(document.activeElement as HTMLElement)];

beforeAll(async () => {
  const scene = await (await fetch('/samples/two-pigs.png')).blob();
  await actions.addImages(['one', 'two', 'three'].map((name) => new File([scene], name, { type: scene.type })));
  await vi.waitFor(() => expect(all('.thumb')).toHaveLength(5), { timeout: 10_000 });
});

it('however many pictures there are, Tab comes to the one on the stage, then to its removal, then past all others', async () => {
  const stops = () => all('.frame button').filter(({ tabIndex }) => tabIndex === 0);
  expect(store.getState().current).toBe(store.getState().images[2]?.id);
  expect(stops().map((button) => button.className)).toEqual(['thumb', 'remove']);
  stops()[0]?.focus();
  expect(focused()).toBe('one');
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement).toBe(all('.remove')[0]);
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement?.closest('.frame')).toBeNull();
  await userEvent.keyboard('{Shift>}{Tab}{Tab}{/Shift}');
  expect(focused()).toBe('one');
});

it('arrows, Home and End go from picture to picture, which Enter shows', async () => {
  const seen: (string | undefined)[] = [];
  for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowDown', 'ArrowUp']) {
    await userEvent.keyboard(`{${key}}`);
    seen.push(focused());
  }
  expect(seen).toEqual(['two', 'three', 'Bike', 'three', 'Bike', 'Pigs', 'Bike']);
  expect(store.getState().images.find(({ id }) => id === store.getState().current)?.name).toBe('one');
  await userEvent.keyboard('{Enter}');
  expect(store.getState().current).toBe(store.getState().images[0]?.id);
});

it('Delete removes an own picture that has the focus, once however long it is held, and never a sample', async () => {
  await userEvent.keyboard('{Delete}');
  expect(names()).toHaveLength(5);
  await userEvent.keyboard('{End}{ArrowLeft}{Delete>2/}');
  await vi.waitFor(() => expect(all('.thumb')).toHaveLength(4));
  expect(names()).toEqual(['Bike', 'Pigs', 'one', 'three']);
  expect(focused()).toBe('three');
  await userEvent.keyboard('{Delete}');
  await vi.waitFor(() => expect(all('.thumb')).toHaveLength(3));
  expect(focused()).toBe('one');
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(names()).toEqual(['Bike', 'Pigs', 'one', 'three']));
});

it('the picture on the stage, and its removal, never lie under the buttons at the end of the row', async () => {
  const scene = await (await fetch('/samples/two-pigs.png')).blob();
  await actions.addImages(
    Array.from({ length: 10 }, (_, index) => new File([scene], `${index}`, { type: scene.type })),
  );
  await vi.waitFor(() => expect(all('.thumb')).toHaveLength(14), { timeout: 10_000 });
  const strip = all('.filmstrip')[0] as HTMLElement;
  expect(strip.scrollWidth).toBeGreaterThan(strip.clientWidth);
  for (const [at, { id }] of store.getState().images.entries()) {
    actions.showImage(id);
    await vi.waitFor(() => {
      const { left, right } = all('.frame')[at]?.getBoundingClientRect() ?? new DOMRect();
      expect(left).toBeGreaterThanOrEqual(strip.getBoundingClientRect().left);
      // The cross juts out by 7 pixels.
      expect(right + 7).toBeLessThanOrEqual(all('.adds')[0]?.getBoundingClientRect().left ?? 0);
    });
  }
});
