import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Dialog } from '../../../src/state/app-state.ts';
import { COMMON_MODES, MODES, type Mode } from '../../../src/state/turn.ts';
import { type Language, speak } from '../../../src/ui/language.ts';
import * as strings from '../../../src/ui/strings.ts';
import { type ShownPage, showPage } from './show-page.tsx';
import { wholeDialog } from './whole-dialog.ts';

/** The narrowest window the page is made for, in CSS pixels. */
const NARROWEST = { width: 360, height: 740 } as const;

let shown: ShownPage | null = null;
afterEach(() => shown?.close());

// German comes last, for its words take the place of the English ones.
describe.each<Language>(['en', 'de'])(
  'in %s, 360 pixels wide, nothing that is read or pressed leaves the window, no target is smaller than 24 pixels, and every dialog keeps its cross in view',
  (language) => {
    it('in any mode, menu or dialog, with a box selected or corrected', async () => {
      await page.viewport(NARROWEST.width, NARROWEST.height);
      await speak(language);
      shown = showPage();
      const { actions, store } = shown.app;
      await vi.waitFor(() => expect(document.querySelector('.turn[data-status="done"]')).toBeTruthy(), {
        timeout: 60_000,
      });
      expect(faults()).toEqual([]);
      actions.edit({ mode: 'ask', words: '' });
      actions.addRegion({ upperLeft: 100, lowerRight: 300 });
      await vi.waitFor(() => expect(document.querySelector('.region button')).toBeTruthy());
      expect(faults(), 'region').toEqual([]);
      actions.removeRegion(store.getState().draft.regions[0]?.number ?? 0);
      for (const mode of MODES) {
        actions.edit({ mode, words: 'a pig and a turtle', spans: [{ start: 0, end: 5 }] });
        const chosen = isCommon(mode) ? mode : strings.modes[mode].word;
        await vi.waitFor(() => expect(chosenMode()).toBe(chosen));
        expect(faults(), mode).toEqual([]);
      }
      for (const opener of document.querySelectorAll<HTMLElement>('[aria-haspopup="menu"]')) {
        opener.click();
        await vi.waitFor(() => expect(document.querySelector('.menu:popover-open button')).toBeTruthy());
        expect(faults(), opener.textContent ?? '').toEqual([]);
        document.querySelector<HTMLElement>('.menu:popover-open')?.hidePopover();
      }
      const [image] = store.getState().images;
      const [mark] = image?.boxes ?? [];
      const turn = image?.turns[0] ?? '';
      if (!mark) throw new Error('the caption has no box');
      actions.select(mark);
      await vi.waitFor(() => expect(document.querySelector('.box-actions')).toBeTruthy());
      expect(faults(), 'box').toEqual([]);
      actions.select(null);
      actions.startCorrecting(turn);
      await vi.waitFor(() => expect(document.querySelector('.correct-bar')).toBeTruthy());
      expect(faults(), 'correcting').toEqual([]);
      actions.startCorrecting(null);
      const plain = ['options', 'shortcuts', 'diagnostics', 'models', 'get', 'maker'] as const;
      const dialogs: readonly Dialog[] = [
        ...plain.map((kind) => ({ kind })),
        { kind: 'xray', turn },
        { kind: 'export', turn },
      ];
      for (const dialog of dialogs) {
        actions.openDialog(dialog);
        const element = await wholeDialog(dialog.kind);
        expect(faults(), dialog.kind).toEqual([]);
        element.scrollTop = element.scrollHeight;
        expect(element.querySelector('.close')?.getBoundingClientRect().top, dialog.kind).toBeGreaterThanOrEqual(0);
        actions.closeDialog();
        await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
      }
    });
  },
);

it('no line of an answer begins with a comma, however wide the window', async () => {
  shown = showPage();
  await vi.waitFor(() => expect(document.querySelector('.turn[data-status="done"]')).toBeTruthy(), { timeout: 60_000 });
  for (let width = 240; width < 400; width += 7) {
    await page.viewport(width, NARROWEST.height);
    expect(
      lineStarts().filter((start) => /[,.]/.test(start)),
      `${width} pixels`,
    ).toEqual([]);
  }
});

/** The characters that stand at the left edge of the answer. */
function lineStarts(): readonly string[] {
  const answer = document.querySelector('.answer');
  if (!answer) throw new Error('there is no answer');
  const texts = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const starts: string[] = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    range.setStart(text, 0);
    range.setEnd(text, 1);
    const { left } = range.getBoundingClientRect();
    if (left < answer.getBoundingClientRect().left + 1) starts.push(range.toString());
  }
  return starts;
}

const isCommon = (mode: Mode) => COMMON_MODES.some((one) => one === mode);

/** The value of the chosen radio button, or the word that has taken the place of "More". */
function chosenMode(): string | null | undefined {
  const further = document.querySelector('.mode-more.chosen');
  return further ? further.textContent : document.querySelector<HTMLInputElement>('.modes input:checked')?.value;
}

const faults = () => [...cutOff(), ...tooSmall()];

/** Buttons that a finger would miss; those over the picture are as large as what they stand for. */
function tooSmall(): readonly string[] {
  return [...document.querySelectorAll('button, summary')]
    .filter(
      (element) =>
        element.checkVisibility() && !element.closest('.visually-hidden, .regions, .box-list, .correct-boxes'),
    )
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width < 24 || height < 24;
    })
    .map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return `${element.className || element.tagName}: ${element.textContent}, ${width} x ${height}`;
    });
}

/** Buttons, fields and words that reach over a side of the window, or of what cuts them off, where nobody can scroll to them. */
function cutOff(): readonly string[] {
  const found = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, a, label, p, h1, h2, h3, li, dt, dd, summary',
  );
  return [...found]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > innerWidth + 0.5) && !scrolls(element.parentElement);
    })
    .map((element) => `${element.className || element.tagName}: ${element.textContent}`);
}

function scrolls(element: HTMLElement | null): boolean {
  if (!element) return false;
  const { overflowX } = getComputedStyle(element);
  return overflowX === 'auto' || overflowX === 'scroll' || scrolls(element.parentElement);
}
