import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { showStage } from './show-stage.tsx';

// Chromium looks the same without: it is seen only in the other browsers, so that what is said to them is looked at.

it('the sheet of what is done with a box is as tall as what is in it: WebKit makes it as tall as it may be where it is `fit-content`', async () => {
  await page.viewport(390, 844);
  const { app, close } = await showStage({ width: 400, height: 300 }, [[0.1, 0.1, 0.4, 0.4]], {
    width: 390,
    height: 400,
  });
  const [mark] = app.store.getState().images[0]?.boxes ?? [];
  app.actions.select(mark ?? null);
  const height = () => document.querySelector('.box-actions:popover-open')?.computedStyleMap().get('height');
  await vi.waitFor(() => expect(String(height())).toBe('auto'));
  close();
});

it('no scrollbar has a track, which Firefox on Linux paints bright also in the dark', () => {
  for (const name of ['filmstrip', 'conversation', 'palette-groups', 'examples', 'dialog sheet']) {
    const scroller = document.body.appendChild(document.createElement('div'));
    scroller.className = name;
    expect(getComputedStyle(scroller).scrollbarColor).toMatch(/ rgba\(0, 0, 0, 0\)$/);
    scroller.remove();
  }
  expect(getComputedStyle(document.documentElement).scrollbarColor).toMatch(/ rgba\(0, 0, 0, 0\)$/);
});
