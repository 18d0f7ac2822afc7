import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { forgetTransfer, transferStore } from '../../../src/ui/models/transfer-store.ts';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
  forgetTransfer();
});

it.each([
  ['pictures are not kept', { pictures: 1, answers: 0 }, 'none'],
  ['answers are not kept', { pictures: 0, answers: 1 }, 'none'],
  ['a model is on its way', { pictures: 0, answers: 0 }, 'running'],
] as const)('where %s, another language loads the page again only at a second press', async (_, unkept, phase) => {
  shown = showPage();
  const { store } = shown.app;
  await expect.poll(() => store.getState().engine.phase, { timeout: 60_000 }).toBe('ready');
  store.setState({ keeping: true, unkept });
  transferStore.setState({ phase });
  await page.getByTitle('What is running').click();
  await page.getByLabelText('Language').selectOptions('Deutsch');
  await expect.element(page.getByRole('button', { name: 'Load the page again' })).toBeVisible();
});
