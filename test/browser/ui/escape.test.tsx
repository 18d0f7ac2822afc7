import { afterAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { renaming } from '../../../src/state/correct.ts';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const drawn = () => store.getState().correcting?.fresh ?? null;
const open = (selector: string) => document.querySelector(selector) !== null;

it('Escape closes the dialog or the menu that is open, and nothing behind it', async () => {
  const turn = await vi.waitFor(
    () => {
      const [first] = Object.values(store.getState().turns);
      expect(first?.status).toBe('done');
      return first?.id ?? '';
    },
    { timeout: 60_000 },
  );
  actions.startCorrecting(turn);
  actions.sketchBox(unitBox(0.1, 0.1, 0.3, 0.3));
  actions.openDialog({ kind: 'shortcuts' });
  await vi.waitFor(() => expect(open('dialog[open]')).toBe(true), { timeout: 10_000 });
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(store.getState().dialog).toBeNull());
  expect(drawn()).not.toBeNull();

  await userEvent.click(page.getByRole('button', { name: 'More about this answer' }));
  await vi.waitFor(() => expect(open('.menu:popover-open')).toBe(true));
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(open('.menu:popover-open')).toBe(false));
  expect(drawn()).not.toBeNull();

  // One that ends the composition of a character belongs to the input method.
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true }));
  expect(drawn()).not.toBeNull();
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(drawn()).toBeNull());
});

it('a dialog stays open under a press on its scrollbar, and gives the focus back however it closes', async () => {
  const dialog = () => document.querySelector<HTMLDialogElement>('dialog[open]');
  const field = document.querySelector<HTMLElement>('#composer-field');
  field?.focus();
  actions.openDialog({ kind: 'shortcuts' });
  await vi.waitFor(() => expect(dialog()).not.toBeNull());
  const { right, top } = dialog()?.getBoundingClientRect() ?? new DOMRect();
  const press = (clientX: number) =>
    dialog()?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX, clientY: top + 50 }));
  press(right - 5);
  expect(dialog()).not.toBeNull();
  actions.closeDialog();
  await vi.waitFor(() => expect(dialog()).toBeNull());
  expect(document.activeElement).toBe(field);
  actions.openDialog({ kind: 'shortcuts' });
  await vi.waitFor(() => expect(dialog()).not.toBeNull());
  press(right + 5);
  await vi.waitFor(() => expect(store.getState().dialog).toBeNull());
});

it('Ctrl+Z takes back what was done while a mode has the focus', async () => {
  actions.ask({ mode: 'caption' });
  const count = () => Object.keys(store.getState().turns).length;
  const before = count();
  actions.deleteTurn(Object.keys(store.getState().turns).at(-1) ?? '');
  expect(count()).toBe(before - 1);
  document.querySelector<HTMLElement>('input[name=mode]')?.focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(count()).toBe(before);
});

it('Ctrl+Z takes nothing back behind a dialog, where nobody sees it, and in that of the exports corrections alone', async () => {
  const [first = '', second = ''] = Object.keys(store.getState().turns);
  const phrase = () => store.getState().turns[first]?.grounded?.entities[0]?.phrase;
  const said = phrase();
  const opened = async (kind: 'options' | 'shortcuts' | 'export') => {
    actions.openDialog(kind === 'export' ? { kind, turn: null } : { kind });
    await vi.waitFor(() => expect(open('dialog[open]')).toBe(true), { timeout: 10_000 });
  };
  const closed = async () => {
    actions.closeDialog();
    await vi.waitFor(() => expect(open('dialog')).toBe(false));
  };
  const undo = () => userEvent.keyboard('{Control>}z{/Control}');
  const redo = () => userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');

  actions.deleteTurn(second);
  for (const kind of ['options', 'shortcuts', 'export'] as const) {
    await opened(kind);
    document.querySelector<HTMLElement>('.dialog .close')?.focus();
    await undo();
    expect(store.getState().turns[second]).toBeUndefined();
    await closed();
  }
  await undo();
  expect(store.getState().turns[second]).toBeDefined();
  await opened('shortcuts');
  await redo();
  expect(store.getState().turns[second]).toBeDefined();
  await closed();

  actions.correct((state) => renaming(state, first, 0, 'a tricycle'));
  await opened('export');
  document.querySelector<HTMLElement>('.dialog .close')?.focus();
  await undo();
  expect(phrase()).toBe(said);
  await redo();
  expect(phrase()).toBe('a tricycle');
  await closed();
});
