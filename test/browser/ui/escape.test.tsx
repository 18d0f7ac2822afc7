import { afterAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { unitBox } from '../../../src/kosmos2/box.ts';
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

  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(drawn()).toBeNull());
});
