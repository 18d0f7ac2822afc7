import type {} from '@vitest/browser-playwright';
import axe from 'axe-core';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import type { Dialog } from '../../../src/state/app-state.ts';
import { MODES } from '../../../src/state/turn.ts';
import { showPage } from './show-page.tsx';
import { wholeDialog } from './whole-dialog.ts';

await page.viewport(1280, 800);
// What index.html has.
document.documentElement.lang = 'en';
document.title = 'KOSMOS-2';
let letLoad = () => {};
const held = new Promise<void>((resolve) => {
  letLoad = resolve;
});
const shown = showPage({ held });
const { actions, store } = shown.app;
afterAll(() => shown.close());
afterEach(() => actions.closeDialog());

const answered = (turns: number) =>
  vi.waitFor(
    () => {
      expect(document.querySelectorAll('.turn')).toHaveLength(turns);
      expect(document.querySelectorAll('.turn[data-status="done"], .turn[data-status="failed"]')).toHaveLength(turns);
    },
    { timeout: 60_000 },
  );

/** What axe finds wrong with the page as it is, in words. */
async function violations(): Promise<readonly string[]> {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

describe('axe finds nothing wrong', () => {
  it('while the model loads', async () => {
    await vi.waitFor(() => expect(document.querySelector('.picture')).toBeTruthy());
    expect(await violations()).toEqual([]);
    letLoad();
  });

  it('with an answer, and with a box selected', async () => {
    await answered(1);
    expect(await violations()).toEqual([]);
    const mark = store.getState().images[0]?.boxes[0];
    if (!mark) throw new Error('the caption has no box');
    actions.select({ turn: mark.turn, entity: mark.entity, index: mark.index, number: mark.number });
    await vi.waitFor(() => expect(document.querySelector('.box-actions')).toBeTruthy());
    expect(await violations()).toEqual([]);
    actions.select(null);
  });

  it('in every mode', async () => {
    for (const mode of MODES) {
      actions.edit({ mode, words: 'a pig and a turtle', spans: [{ start: 0, end: 5 }] });
      if (mode === 'ground') await vi.waitFor(() => expect(document.querySelector('.marked')).toBeTruthy());
      await vi.waitFor(() => expect(document.querySelector('.send')).toBeTruthy());
      expect(await violations(), mode).toEqual([]);
    }
  });

  it('with bars, a failure, a region in a question and an undo', async () => {
    actions.ask({ mode: 'choose', words: 'What is it?', choices: ['a pig', 'a bike'] });
    actions.ask({ mode: 'expert', words: '</s>' });
    await answered(3);
    actions.edit({ mode: 'ask', words: 'What is it?' });
    actions.addRegion({ upperLeft: 100, lowerRight: 300 });
    actions.deleteTurn(store.getState().images[0]?.turns[2] ?? '');
    await vi.waitFor(() => expect(document.querySelector('.undo-line')).toBeTruthy());
    expect(await violations()).toEqual([]);
  });

  it('in a menu and in every dialog', async () => {
    document.querySelector<HTMLElement>('.turn .more')?.click();
    await vi.waitFor(() => expect(document.querySelector('.menu:popover-open')).toBeTruthy());
    expect(await violations()).toEqual([]);
    document.querySelector<HTMLElement>('.menu:popover-open')?.hidePopover();
    const turn = store.getState().images[0]?.turns[0] ?? '';
    const dialogs: readonly Dialog[] = [
      { kind: 'options' },
      { kind: 'shortcuts' },
      { kind: 'xray', turn },
      { kind: 'export', turn },
      { kind: 'maker' },
    ];
    for (const dialog of dialogs) {
      actions.openDialog(dialog);
      await wholeDialog(dialog.kind);
      expect(await violations(), dialog.kind).toEqual([]);
      actions.closeDialog();
      await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
    }
  });

  it('in the dark: an answer, a selected box, and every dialog', async () => {
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
    expect(matchMedia('(prefers-color-scheme: dark)').matches).toBe(true);
    expect(await violations()).toEqual([]);
    const [mark] = store.getState().images[0]?.boxes ?? [];
    if (mark) actions.select(mark);
    await vi.waitFor(() => expect(document.querySelector('.box-actions')).toBeTruthy());
    expect(await violations()).toEqual([]);
    for (const kind of ['options', 'shortcuts', 'maker', 'models', 'get', 'diagnostics'] as const) {
      actions.openDialog({ kind });
      await wholeDialog(kind);
      expect(await violations(), kind).toEqual([]);
      actions.closeDialog();
      await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
    }
    await cdp().send('Emulation.setEmulatedMedia', { features: [] });
  });

  it.each([1280, 360])('with text twice as large, %i px wide, and nothing is cut off at the side', async (width) => {
    await page.viewport(width, 800);
    document.documentElement.style.fontSize = '200%';
    expect(await violations()).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    for (const kind of ['options', 'maker'] as const) {
      actions.openDialog({ kind });
      const dialog = await wholeDialog(kind);
      expect(await violations(), kind).toEqual([]);
      expect(dialog.scrollWidth, kind).toBeLessThanOrEqual(dialog.clientWidth);
      actions.closeDialog();
      await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
    }
    document.documentElement.style.fontSize = '';
    await page.viewport(1280, 800);
  });

  it('on a phone, with a picture of a person and its warning', async () => {
    await page.viewport(360, 740);
    await actions.addImages([await (await fetch('/samples/two-pigs.png')).blob()]);
    await vi.waitFor(() => expect(document.querySelector('.frame .remove')).toBeTruthy());
    expect(await violations()).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  });
});
