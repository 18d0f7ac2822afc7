import { afterAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { begun, pressEnter, showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const WITHIN = { timeout: 60_000, interval: 20 };
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const last = (selector: string) => all(selector).at(-1) as HTMLElement;
const field = () => last('#composer-field') as HTMLTextAreaElement;
const turns = () => Object.values(store.getState().turns);
const over = (count: number) =>
  vi.waitFor(() => expect(turns().map(({ status }) => status)).toEqual(Array(count).fill('done')), WITHIN);
const shows = (words: string) => vi.waitFor(() => expect(field().value).toBe(words), { ...WITHIN, interval: 1 });

it('a double click on the button asks once, and stops nothing', async () => {
  await over(1);
  actions.edit({ mode: 'find', words: 'a turtle' });
  await shows('a turtle');
  await userEvent.dblClick(last('.send'));
  await over(2);
  expect(last('.answer').textContent).toBe('a turtle4');
});

it('an edited question waits for the answer that is being written, and takes the place of the old one', async () => {
  const [, find] = turns();
  if (!find) throw new Error('nothing was found before');
  const writing = begun(shown.app);
  actions.ask({ mode: 'detail' });
  await writing;
  actions.editTurn(find.id);
  actions.edit({ words: 'a bike' });
  await shows('a bike');
  pressEnter(field());
  await over(3);
  expect(all('.answer').map((answer) => answer.textContent)[1]).toMatch(/^a bike/);
});

it('says of words the model does not know that it does not', async () => {
  actions.edit({ mode: 'find', words: 'הצב' });
  await shows('הצב');
  pressEnter(field());
  await over(4);
  expect(last('.answer').textContent).toMatch(/does not know 'הצב'/);
});

it('a question reads from the side its words do, whatever stands before them', async () => {
  expect(getComputedStyle(last('.question')).direction).toBe('rtl');
  expect(getComputedStyle(all('.question')[1] as HTMLElement).direction).toBe('ltr');
});
