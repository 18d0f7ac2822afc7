import { afterAll, expect, it, vi } from 'vitest';
import { showPage } from './show-page.tsx';

const shown = showPage();
const { store } = shown.app;
afterAll(() => shown.close());

/** A picture of 8 by 8 pixels. */
async function picture(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

/** Pastes a picture as it is copied together with these texts, by their types. @returns whether the page took it */
async function paste(name: string, texts: Readonly<Record<string, string>>): Promise<boolean> {
  const clipboardData = new DataTransfer();
  for (const [type, text] of Object.entries(texts)) clipboardData.setData(type, text);
  clipboardData.items.add(await picture(name));
  return !document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

const own = () => store.getState().images.filter(({ kind }) => kind === 'own').length;

it('takes a copied picture, also one whose file name comes along, and leaves a copied document to the field', async () => {
  await vi.waitFor(() => expect(document.querySelector('textarea')).not.toBeNull());
  expect(await paste('shot.png', {})).toBe(true);
  await vi.waitFor(() => expect(own()).toBe(1), { timeout: 20_000 });
  // As a browser copies a picture of a page, and as Finder copies a file.
  expect(await paste('page.png', { 'text/html': '<img src="page.png">' })).toBe(true);
  expect(await paste('file.png', { 'text/plain': 'file.png' })).toBe(true);
  await vi.waitFor(() => expect(own()).toBe(3), { timeout: 20_000 });
  // As a spreadsheet copies its cells.
  expect(await paste('cells.png', { 'text/plain': 'a\tb', 'text/html': '<table></table>' })).toBe(false);
  expect(own()).toBe(3);
});
