import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const told = () => all('.undo-line')[0];
const dismissed = () => vi.waitFor(() => expect(told()).toBeUndefined());

beforeAll(async () => {
  const done = (turns: number) =>
    vi.waitFor(() => expect(all('.turn[data-status="done"]')).toHaveLength(turns), { timeout: 60_000 });
  await done(1);
  for (const words of Array.from({ length: 9 }, () => 'a turtle')) actions.ask({ mode: 'find', words });
  await done(10);
});

it.each([
  ['a wide page', 1280, 800],
  ['a phone', 390, 844],
  ['a phone on its side', 844, 390],
  ['a page at 400%', 320, 256],
])(
  'on %s the way back is in view, above the composer, wherever the conversation was scrolled to',
  async (_, width, height) => {
    await page.viewport(width, height);
    all('.turn')[0]?.scrollIntoView({ block: 'center' });
    // So that the conversation has heard that a person left its end.
    await new Promise(requestAnimationFrame);
    actions.deleteTurn(all('.turn')[0]?.dataset.turn ?? '');
    await vi.waitFor(() => {
      const button = told()?.querySelector('button');
      const { left, top } = button?.getBoundingClientRect() ?? new DOMRect();
      expect(document.elementFromPoint(left + 2, top + 2)).toBe(button);
    });
    expect(told()?.getBoundingClientRect().bottom).toBeLessThanOrEqual(
      (all('.composer')[0]?.getBoundingClientRect().top ?? 0) + 0.5,
    );
    actions.undo();
    actions.dismissUndo();
    await dismissed();
  },
);

it('what is told of a picture that is gone comes into a place that people who hear the page were told of before', async () => {
  await page.viewport(1280, 800);
  await actions.addImages([new File([await (await fetch('/samples/two-pigs.png')).blob()], 'own.png')]);
  await vi.waitFor(() => expect(all('.remove')).toHaveLength(1));
  const place = all('.undo[role="status"]')[0];
  expect(place?.textContent).toBe('');
  actions.removeImage(store.getState().current);
  await vi.waitFor(() => expect(all('.remove')).toHaveLength(0));
  expect(place?.isConnected).toBe(true);
  expect(place?.textContent).toContain('Picture removed.');
  actions.dismissUndo();
  await dismissed();
});

it('the details of the model do not lie over the way back from clearing everything', async () => {
  await userEvent.click(all('.chip')[0] as Element);
  await userEvent.click(page.getByRole('button', { name: 'Clear everything' }));
  await vi.waitFor(() => expect(told()).toBeTruthy());
  expect(all('.details:popover-open')).toEqual([]);
  expect(document.activeElement).toBe(all('.chip')[0]);
});
