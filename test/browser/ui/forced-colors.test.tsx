import type {} from '@vitest/browser-playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { showPage } from './show-page.tsx';
import { wholeDialog } from './whole-dialog.ts';

await page.viewport(1280, 800);
const force = (value: string) =>
  cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
await force('active');
const shown = showPage();
const { actions, store } = shown.app;
afterAll(async () => {
  shown.close();
  await force('none');
});
beforeAll(async () => {
  expect(matchMedia('(forced-colors: active)').matches).toBe(true);
  await vi.waitFor(() => expect(document.querySelector('.turn[data-status="done"]')).toBeTruthy(), {
    timeout: 60_000,
  });
});

/** The style of the first element that this selects. */
function look(selector: string): CSSStyleDeclaration {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  return getComputedStyle(element);
}

/** How a system colour is computed. */
function systemColour(name: string): string {
  const probe = document.body.appendChild(document.createElement('p'));
  probe.style.color = name;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

describe('in the forced colours of a contrast theme', () => {
  it('what is chosen, or pointed at, is highlighted', async () => {
    const highlight = systemColour('Highlight');
    expect(look('.modes label:has(:checked)').backgroundColor).toBe(highlight);
    expect(look('.tools [aria-pressed="true"]').backgroundColor).toBe(highlight);
    expect(look('.tools [aria-pressed="false"]').backgroundColor).not.toBe(highlight);
    actions.point({ turn: store.getState().images[0]?.turns[0] ?? '', entity: 0, index: null, number: 1 });
    await vi.waitFor(() => expect(look('.phrase[data-lit]').outlineColor).toBe(highlight));
    actions.edit({ mode: 'expert' });
    await vi.waitFor(() => expect(look('.mode-more.chosen').backgroundColor).toBe(highlight));
  });

  it('scene, backgrounds and what is measured by colour keep theirs', async () => {
    actions.openDialog({ kind: 'maker' });
    await wholeDialog('maker');
    for (const picture of ['.scene', '.scene-backgrounds input'])
      expect(look(picture).backgroundImage).toContain('gradient');
    expect(look('.scene-backgrounds :checked').boxShadow).not.toBe('none');
    actions.openDialog({ kind: 'xray', turn: store.getState().images[0]?.turns[0] ?? '' });
    await wholeDialog('xray');
    const doubts = [...document.querySelectorAll('.token-stream button')].map(
      (token) => getComputedStyle(token).backgroundColor,
    );
    expect(new Set(doubts).size).toBeGreaterThan(3);
    expect(look('.scores .bar span').backgroundColor).not.toBe(look('.scores .bar').backgroundColor);
  });
});
