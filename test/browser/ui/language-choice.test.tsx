import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

it('another language loads the page again only at a second press, and words that are being written stay until then', async () => {
  shown = showPage();
  const { actions, store } = shown.app;
  await expect.poll(() => store.getState().engine.phase, { timeout: 60_000 }).toBe('ready');
  store.setState({ keeping: true });
  actions.edit({ mode: 'find', words: 'a turtle' });
  await page.getByTitle('What is running').click();
  await page.getByLabelText('Language').selectOptions('Deutsch');
  await expect.element(page.getByRole('button', { name: 'Load the page again' })).toBeVisible();
  await page.getByLabelText('Language').selectOptions('English');
  await expect.element(page.getByRole('button', { name: 'Load the page again' })).not.toBeInTheDocument();
  expect(store.getState().draft.words).toBe('a turtle');
});
