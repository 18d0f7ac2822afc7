import { expect, vi } from 'vitest';
import type { Dialog } from '../../../src/state/app-state.ts';

/** What each dialog has only once its part of the page, its words and what it asks for are there. */
const LAST_THERE: Readonly<Record<Dialog['kind'], string>> = {
  options: '.presets',
  shortcuts: 'kbd',
  xray: '.token-stream button',
  export: '.formats',
  maker: '.maker',
  diagnostics: '.facts',
  get: '.before-getting',
  models: '.models ~ .help:not(:empty)',
};

/** Waits until an opened dialog has all it will have. */
export async function wholeDialog(kind: Dialog['kind']): Promise<HTMLDialogElement> {
  return vi.waitFor(() => {
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]');
    expect(dialog?.querySelector(LAST_THERE[kind]), kind).toBeTruthy();
    return dialog as HTMLDialogElement;
  });
}
