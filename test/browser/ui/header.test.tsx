import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { type Language, speak } from '../../../src/ui/language.ts';
import { offlineStore } from '../../../src/ui/offline/offline-store.ts';
import { type ShownPage, showPage } from './show-page.tsx';

// German comes last, for its words take the place of the English ones.
describe.each<Language>(['en', 'de'])('in %s, offline and with a newer version waiting', (language) => {
  let shown: ShownPage;
  beforeAll(async () => {
    await speak(language);
    shown = showPage();
    offlineStore.setState({ offline: true, update: {} as ServiceWorker });
    const { store } = shown.app;
    await vi.waitFor(() => expect(store.getState().engine.phase).toBe('ready'), { timeout: 60_000 });
  });
  afterAll(() => {
    shown.close();
    offlineStore.setState({ offline: false, update: null });
  });

  it.each([1280, 1024, 920, 768, 602, 360])('the header says what is running, %i pixels wide', async (width) => {
    await page.viewport(width, 740);
    const words = document.querySelector('.chip-words strong');
    const room = document.querySelector('.chip-words')?.getBoundingClientRect();
    expect(room?.right).toBeGreaterThanOrEqual(words?.getBoundingClientRect().right ?? Number.NaN);
    expect(document.documentElement.scrollWidth).toBe(width);
    const brand = document.querySelector('.brand');
    if (width < 1200) expect(brand?.scrollWidth).toBe(brand?.clientWidth);
  });
});
