import { afterAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { imageOf } from '../../../src/state/app-state.ts';
import { shortcuts } from '../../../src/ui/strings/shortcuts.ts';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const answer = () => Object.values(store.getState().turns)[0];
const boxes = () => imageOf(store.getState()).boxes;
const field = () => document.querySelector<HTMLInputElement>('.box-actions input');

function select(index: number): void {
  const { turn = '', entity = 0, number = 0 } = boxes()[index] ?? {};
  actions.select({ turn, entity, index: 0, number });
}

/** A tap as the stage hears it, before the browser moves the focus. */
function tap(index: number): void {
  const stage = document.querySelector<HTMLElement>('.stage') as HTMLElement;
  const { left, top, width, height } = stage.querySelector('.picture')?.getBoundingClientRect() ?? new DOMRect();
  const [x1, y1, x2, y2] = boxes()[index]?.box ?? [0, 0, 0, 0];
  const at = { clientX: left + ((x1 + x2) / 2) * width, clientY: top + ((y1 + y2) / 2) * height };
  const finger = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, pointerType: 'touch', button: 0 };
  stage.setPointerCapture = () => {};
  for (const type of ['pointerdown', 'pointerup']) stage.dispatchEvent(new PointerEvent(type, { ...finger, ...at }));
}

it('words typed for a box are kept where a finger taps on another box', async () => {
  await vi.waitFor(() => expect(answer()?.status).toBe('done'), { timeout: 60_000 });
  actions.startCorrecting(answer()?.id ?? '');
  select(0);
  await vi.waitFor(() => expect(field()?.value).toBe(boxes()[0]?.phrase), { timeout: 10_000 });
  await userEvent.fill(field() as HTMLInputElement, 'a red bike');
  tap(3);
  await vi.waitFor(() => expect(field()?.value).toBe(boxes()[3]?.phrase));
  expect(boxes().find(({ entity }) => entity === 0)?.phrase).toBe('a red bike');
  expect(store.getState().history.done.map(({ kind }) => kind)).toEqual(['rename']);
});

it('a box drawn for what the model missed keeps its words, however its naming ends, and gives the stage the keys', async () => {
  const drawn = (x: number) => actions.sketchBox(unitBox(x, 0.1, x + 0.1, 0.2));
  const named = (phrase: string) => boxes().filter((box) => box.phrase === phrase);
  drawn(0.1);
  await vi.waitFor(() => expect(field()?.placeholder).toBeTruthy());
  await userEvent.type(field() as HTMLInputElement, 'a cat{Enter}');
  expect(named('a cat')).toHaveLength(1);
  await vi.waitFor(() => expect(document.activeElement?.classList.contains('stage')).toBe(true));

  await userEvent.keyboard('r');
  await vi.waitFor(() => expect(field()?.placeholder).toBeTruthy());
  await userEvent.type(field() as HTMLInputElement, 'a dog');
  await page.getByRole('button', { name: 'Done' }).click();
  expect(named('a dog')).toHaveLength(1);
  expect(store.getState().correcting).toBeNull();

  actions.startCorrecting(answer()?.id ?? '');
  drawn(0.3);
  actions.nameSketch('a bee');
  actions.sketchBox(null);
  expect(named('a bee')).toHaveLength(0);
});

it('the sheet of keys names each by which something is done with a box or a region', async () => {
  actions.startCorrecting(null);
  const named = shortcuts.groups.slice(1, 3).flatMap(({ keys }) => keys.map(({ key }) => key));
  const keysOfPanel = async (last: string) => {
    const keys = () =>
      [...document.querySelectorAll('.box-actions [data-key]')].map((one) => (one as HTMLElement).dataset.key);
    await vi.waitFor(() => expect(keys()).toContain(last), { timeout: 10_000 });
    return keys();
  };
  select(0);
  expect(named).toEqual(expect.arrayContaining(await keysOfPanel('E')));
  actions.addRegion({ upperLeft: 0, lowerRight: 33 });
  expect(named).toEqual(expect.arrayContaining(await keysOfPanel('Del')));
});
