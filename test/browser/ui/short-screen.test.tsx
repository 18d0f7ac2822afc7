import type {} from '@vitest/browser-playwright';
import { afterAll, expect, it, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { showPage } from './show-page.tsx';

await page.viewport(390, 844);
const shown = showPage();
afterAll(() => shown.close());

const place = (selector: string) => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  return { box: element.getBoundingClientRect(), style: getComputedStyle(element) };
};

it('a phone that is turned has the picture beside conversation and composer, all of them in view', async () => {
  await vi.waitFor(() => expect(document.querySelector('.turn[data-status="done"]')).toBeTruthy(), {
    timeout: 60_000,
  });
  await page.viewport(844, 390);
  const [stage, conversation, composer] = ['.stage', '.conversation', '.composer'].map((name) => place(name).box);
  if (!stage || !conversation || !composer) throw new Error('something is not there');
  expect(stage.right).toBeLessThanOrEqual(conversation.left);
  expect(conversation.bottom).toBeLessThanOrEqual(composer.top);
  expect(conversation.height).toBeGreaterThan(120);
  expect(stage.height).toBeGreaterThan(200);
  expect([composer.bottom, document.documentElement.scrollHeight]).toEqual([390, 390]);
});

it('on a phone that is turned every answer is read whole, however much the composer asks for', async () => {
  await page.viewport(740, 360);
  shown.app.actions.edit({ mode: 'expert', words: '<grounding>\n\n\nAn image of' });
  await vi.waitFor(() => expect(document.querySelector('.mode-more.chosen')).toBeTruthy());
  const [side, conversation] = [document.querySelector('.side'), document.querySelector('.conversation')];
  if (!side || !conversation) throw new Error('something is not there');
  expect(conversation.scrollHeight).toBe(conversation.clientHeight);
  side.scrollTop = 0;
  expect(place('.answer').box.top).toBeGreaterThanOrEqual(place('.side').box.top);
  side.scrollTop = side.scrollHeight;
  expect(place('.hint-row').box.bottom).toBeLessThanOrEqual(360);
  expect(document.documentElement.scrollHeight).toBe(360);
  shown.app.actions.ask({ mode: 'find', words: 'a turtle' });
  await vi.waitFor(() => expect(document.querySelectorAll('.turn[data-status="done"]')).toHaveLength(2), {
    timeout: 60_000,
  });
  expect(side.scrollHeight - side.scrollTop - side.clientHeight).toBeLessThan(2);
  shown.app.actions.edit({ mode: 'describe', words: '' });
});

it('at 400% neither picture nor composer stays in view before what is read', async () => {
  await page.viewport(320, 256);
  expect([place('.stage').style.position, place('.composer').style.position]).toEqual(['relative', 'static']);
  expect(document.documentElement.scrollWidth).toBe(320);
});

it('with text twice as large neither of them stays in view on a phone', async () => {
  await page.viewport(360, 740);
  await cdp().send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await vi.waitFor(() => expect(place('html').style.fontSize).toBe('32px'));
  expect([place('.stage').style.position, place('.composer').style.position]).toEqual(['relative', 'static']);
  expect(document.documentElement.scrollWidth).toBe(360);
  await cdp().send('Page.setFontSizes', { fontSizes: { standard: 16 } });
});
