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

const own = () =>
  store
    .getState()
    .images.filter(({ kind }) => kind === 'own')
    .map(({ name }) => name);

it('takes a copied picture, also one whose file name comes along, and leaves a copied document to the field', async () => {
  await vi.waitFor(() => expect(document.querySelector('textarea')).not.toBeNull());
  expect(await paste('shot.png', {})).toBe(true);
  await vi.waitFor(() => expect(own()).toEqual(['shot.png']));
  // As a browser copies a picture of a page, and as Finder copies a file.
  expect(await paste('page.png', { 'text/html': '<img src="page.png">' })).toBe(true);
  expect(await paste('file.png', { 'text/plain': 'file.png' })).toBe(true);
  await vi.waitFor(() => expect(own().toSorted()).toEqual(['file.png', 'page.png', 'shot.png']));
  // As a spreadsheet copies its cells.
  expect(await paste('cells.png', { 'text/plain': 'a\tb', 'text/html': '<table></table>' })).toBe(false);
  // One that is taken after it is there, and it is not.
  expect(await paste('last.png', {})).toBe(true);
  await vi.waitFor(() => expect(own()).toContain('last.png'));
  expect(own()).not.toContain('cells.png');
});

it('neither a pasted nor a dropped picture is taken behind an open dialog, where nobody sees it', async () => {
  const before = own();
  shown.app.actions.openDialog({ kind: 'shortcuts' });
  await vi.waitFor(() => expect(document.querySelector('dialog[open]')).not.toBeNull(), { timeout: 10_000 });
  expect(await paste('behind.png', {})).toBe(false);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(await picture('under.png'));
  const event = { dataTransfer, bubbles: true, cancelable: true };
  // A browser would show the file in place of the page.
  for (const type of ['dragover', 'drop']) {
    expect(document.body.dispatchEvent(new DragEvent(type, event))).toBe(false);
    expect(document.querySelector('.drop')).toBeNull();
  }
  shown.app.actions.closeDialog();
  expect(await paste('after.png', {})).toBe(true);
  await vi.waitFor(() => expect(own()).toEqual([...before, 'after.png']));
  document.body.dispatchEvent(new DragEvent('drop', event));
  await vi.waitFor(() => expect(own()).toEqual([...before, 'after.png', 'under.png']));
});
