import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { keepAwake } from '../../../src/ui/common/keep-awake.ts';
import { offerModel } from '../../../src/ui/models/offer-model.ts';
import { getKosmos2 } from '../../../src/ui/strings/get-kosmos2.ts';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'connection');
});

it('a connection paid by the byte is told before anything is fetched, and when it changes', {
  timeout: 120_000,
}, async () => {
  const connection = Object.assign(new EventTarget(), { saveData: false, type: 'cellular' });
  // No browser can be put on a paid line from inside.
  Object.defineProperty(navigator, 'connection', { configurable: true, value: connection });
  shown = showPage();
  await offerModel(shown.app, new URL('/models/demo/', location.href).href, true);
  const dialog = page.getByRole('dialog', { name: 'Open this model?' });
  await expect.element(dialog.getByText('6 MB', { exact: true }), { timeout: 60_000 }).toBeVisible();
  const warning = () => dialog.element().querySelector('.verdicts')?.textContent ?? '';
  expect(warning()).toContain(getKosmos2.metered(0).slice(0, 12));
  connection.type = 'wifi';
  connection.dispatchEvent(new Event('change'));
  await expect.poll(warning).not.toContain(getKosmos2.metered(0).slice(0, 12));
});

/** A screen that stays on when it is asked to. */
function lockedScreen() {
  const lock = Object.assign(new EventTarget(), { release: vi.fn(async () => undefined) });
  const request = vi
    .spyOn(navigator.wakeLock, 'request')
    .mockImplementation(async () => lock as unknown as WakeLockSentinel);
  return { request, release: lock.release };
}

it('the screen is asked to stay on, and let go again at the end', async () => {
  const { request, release } = lockedScreen();
  const end = keepAwake();
  expect(request).toHaveBeenCalledWith('screen');
  await Promise.resolve();
  end();
  await expect.poll(() => release.mock.calls.length).toBe(1);
  request.mockClear();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(request).not.toHaveBeenCalled();
});

it('the screen stays on as long as every picture is asked about', { timeout: 120_000 }, async () => {
  const { request, release } = lockedScreen();
  shown = showPage();
  const { actions } = shown.app;
  actions.edit({ mode: 'describe' });
  // It is minded behind the first answer, and the others are not to be over by then.
  for (let times = 0; times < 50; times++) expect(actions.sendToAll()).toBe(true);
  await expect.poll(() => request.mock.calls.length, { timeout: 60_000 }).toBe(1);
  expect(release).not.toHaveBeenCalled();
  actions.stopAll();
  await expect.poll(() => release.mock.calls.length).toBe(1);
});
