import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const WITHIN = { timeout: 60_000, interval: 20 };
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const focus = () => document.activeElement as HTMLElement;
const over = (turns: number) =>
  vi.waitFor(() => {
    expect(all('.turn')).toHaveLength(turns);
    for (const turn of all('.turn')) expect(turn.dataset.status).toBe('done');
  }, WITHIN);

beforeAll(async () => {
  await over(1);
  for (const words of ['a turtle', 'a bike']) actions.ask({ mode: 'find', words });
  await over(3);
  // It is fetched behind the first answer.
  await vi.waitFor(async () => {
    const probe = document.body.appendChild(document.createElement('button'));
    probe.focus();
    probe.remove();
    // Behind the timer of what has heard of it by then.
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    expect(focus()).not.toBe(document.body);
  }, WITHIN);
});

it('whoever deletes an answer by keyboard is at the next one, and at the one before where it was the last', async () => {
  for (const [at, left, next] of [
    [0, 2, 0],
    [1, 1, 0],
  ] as const) {
    all('.turn')[at]?.querySelector<HTMLElement>('.more')?.focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(all('.menu:popover-open')).toHaveLength(1), WITHIN);
    await userEvent.keyboard('{End}{Enter}');
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(left), WITHIN);
    await vi.waitFor(() => expect(focus().closest('.turn')).toBe(all('.turn')[next]), WITHIN);
  }
});

it('whoever dismisses what is told behind the last answer is at that answer', async () => {
  actions.ask({ mode: 'find', words: 'a castle' });
  await over(2);
  actions.deleteTurn(all('.turn')[1]?.dataset.turn ?? '');
  await vi.waitFor(() => expect(all('.undo-line')).toHaveLength(1), WITHIN);
  all('.undo-line button')[1]?.focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(all('.undo-line')).toHaveLength(0), WITHIN);
  await vi.waitFor(() => expect(focus()).toBe(all('.turn')[0]?.querySelector('.more')), WITHIN);
});

it('whoever begins to correct an answer by keyboard is at its first box, and hears where an arrow puts it', async () => {
  all('.turn')[0]?.querySelector<HTMLElement>('.more')?.focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(all('.menu:popover-open [role="menuitem"]').length).toBeGreaterThan(2), WITHIN);
  const correct = all('.menu:popover-open button').findIndex((item) => item.textContent === 'Correct boxes');
  await userEvent.keyboard(`${'{ArrowDown}'.repeat(correct)}{Enter}`);
  await vi.waitFor(() => expect(focus()).toBe(all('.correct-boxes button')[0]), WITHIN);
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(all('.stage > [role="status"]').at(-1)?.textContent).toMatch(/% across/), WITHIN);
  actions.startCorrecting(null);
});

it('whoever begins to correct an answer by mouse has no box for the arrows, also where a click gives no focus, as in Safari', async () => {
  const withoutFocus = (event: MouseEvent) => event.preventDefault();
  addEventListener('mousedown', withoutFocus, { capture: true });
  await userEvent.click(all('.turn')[0]?.querySelector('.more') as Element);
  await vi.waitFor(() => expect(all('.menu:popover-open [role="menuitem"]').length).toBeGreaterThan(2), WITHIN);
  (document.activeElement as HTMLElement).blur();
  await userEvent.click(
    all('.menu:popover-open button').find((item) => item.textContent === 'Correct boxes') as Element,
  );
  await vi.waitFor(() => expect(all('.correct-boxes button').length).toBeGreaterThan(0), WITHIN);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(all('.correct-boxes :focus')).toEqual([]);
  removeEventListener('mousedown', withoutFocus, { capture: true });
  actions.startCorrecting(null);
});

it('whoever removes a picture is at what is beside it', async () => {
  const scene = await (await fetch('/samples/two-pigs.png')).blob();
  await actions.addImages([scene]);
  await vi.waitFor(() => expect(all('.remove')).toHaveLength(1), WITHIN);
  all('.remove')[0]?.focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(all('.remove')).toHaveLength(0), WITHIN);
  await vi.waitFor(() => expect(focus().closest('.filmstrip')).not.toBeNull(), WITHIN);
});

it('whoever deletes a region is on the stage, and the next Delete deletes no other', async () => {
  for (const patches of [
    { upperLeft: 0, lowerRight: 231 },
    { upperLeft: 400, lowerRight: 600 },
  ]) {
    actions.addRegion(patches);
  }
  actions.pickRegion(null);
  await vi.waitFor(() => expect(all('.regions button')).toHaveLength(2), WITHIN);
  all('.regions button')[0]?.focus();
  await userEvent.keyboard('{Delete}{Delete}');
  await vi.waitFor(() => expect(focus().closest('.stage')).not.toBeNull(), WITHIN);
  expect(store.getState().draft.regions).toHaveLength(1);
});

it('whoever resets the options is at the button still, which says that there is nothing more to reset', async () => {
  actions.set({ jpeg: true });
  actions.openDialog({ kind: 'options' });
  const reset = () => all('dialog[open] .button').find(({ textContent }) => textContent === 'Reset');
  await vi.waitFor(() => expect(reset()).toBeTruthy(), WITHIN);
  reset()?.focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(reset()?.ariaDisabled).toBe('true'), WITHIN);
  // Browsers give the focus of what is disabled away with the next frame.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  expect(focus()).toBe(reset());
  expect(store.getState().settings.jpeg).toBe(false);
  actions.closeDialog();
});
