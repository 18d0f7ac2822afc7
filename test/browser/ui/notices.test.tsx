import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../../src/protocol/errors.ts';
import { speak } from '../../../src/ui/language.ts';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());
afterEach(() => {
  actions.closeDialog();
  for (const { id } of store.getState().notices) actions.dismiss(id);
});

const step = () => document.querySelector<HTMLElement>('.notice .link');

it.each([
  [
    'a stored model that is gone',
    new AppError('PACKAGE_FILE_MISSING', 'Get it again.', { name: 'a' }),
    'Models…',
    'models',
  ],
  [
    'a model that ended the page',
    new AppError('OUT_OF_MEMORY', 'Get a smaller one.', { model: 'a' }),
    'Models…',
    'models',
  ],
  [
    'answers that are not kept',
    new AppError('STORAGE_FULL', 'Export them.', { what: 'conversations' }),
    'Export',
    'export',
  ],
] as const)('a notice of %s opens by keyboard what its sentence names, and stays', async (_, error, words, dialog) => {
  actions.tell(error);
  await vi.waitFor(() => expect(step()?.textContent).toBe(words));
  step()?.focus();
  await userEvent.keyboard('{Enter}');
  expect(store.getState().dialog?.kind).toBe(dialog);
  expect(step()).not.toBeNull();
});

it('its buttons are pressed by mouse, too, though the stage is under them', async () => {
  actions.tell(new AppError('STORAGE_FULL', 'Export them.', { what: 'conversations' }));
  const notice = page.getByRole('status').filter({ hasText: 'Export them.' });
  await userEvent.click(notice.getByRole('button', { name: 'Export' }));
  expect(store.getState().dialog?.kind).toBe('export');
  actions.closeDialog();
  await vi.waitFor(() => expect(document.querySelector('dialog[open]')).toBeNull());
  await userEvent.click(notice.getByRole('button', { name: 'Dismiss' }));
  await vi.waitFor(() => expect(store.getState().notices).toEqual([]));
});

it('a notice that loads the page again says first what is lost by it', async () => {
  actions.tell(new AppError('PART_FETCH_FAILED', 'Load the page again.'));
  await vi.waitFor(() => expect(step()).not.toBeNull());
  const question = page.getByText('The page loads again.');
  actions.edit({ words: 'a turtle' });
  // On a phone the composer is over the stage; a press by mouse goes to what lies on top.
  await page.viewport(390, 700);
  step()?.click();
  await expect.element(question).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.viewport(1280, 800);
  await expect.element(question).not.toBeInTheDocument();
  store.setState({ unkept: { pictures: 0, answers: 1 } });
  step()?.click();
  await expect.element(page.getByText(/this browser has not kept everything/)).toBeVisible();
  await userEvent.keyboard('{Escape}');
});

it('a notice of a part that could not be fetched offers to load the page again, one of a file that is no picture has no such button, and German has its words', async () => {
  actions.tell(new AppError('PART_FETCH_FAILED', 'Load the page again.'));
  await vi.waitFor(() => expect(step()?.textContent).toBe('Load the page again'));
  actions.tell(new AppError('IMAGE_NOT_AN_IMAGE', 'Choose another picture.'));
  await vi.waitFor(() => expect(document.querySelectorAll('.notice')).toHaveLength(2));
  expect(document.querySelectorAll('.notice .link')).toHaveLength(1);
  // For good, so at the end of this file.
  await speak('de');
  actions.tell(new AppError('CANVAS_DENIED', 'Load the page again.'));
  const words = () => [...document.querySelectorAll('.notice .link')].map(({ textContent }) => textContent);
  await vi.waitFor(() => expect(words().at(-1)).toBe('Seite neu laden'));
});
