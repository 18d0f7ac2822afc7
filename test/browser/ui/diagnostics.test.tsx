import { afterEach, expect, it, vi } from 'vitest';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
  vi.restoreAllMocks();
});

const fact = (name: string) =>
  [...document.querySelectorAll('.facts > div')].find((row) => row.querySelector('dt')?.textContent === name)
    ?.lastElementChild?.textContent;

it('what a browser does not tell leaves out nothing else, and no link leads away from the page', async () => {
  vi.spyOn(navigator.storage, 'estimate').mockRejectedValue(new Error('refused'));
  vi.spyOn(caches, 'open').mockResolvedValue({ keys: () => Promise.reject(new Error('refused')) } as unknown as Cache);
  shown = showPage();
  shown.app.actions.openDialog({ kind: 'diagnostics' });
  await vi.waitFor(() => expect(fact('used')).toBe('not told: Error: refused'), { timeout: 20_000 });
  expect(fact('lasting')).toMatch(/^(yes|no)$/);
  expect(fact('models')).toBe('none');
  expect(fact('not told'), 'of self-tests').toBe('Error: refused');
  expect(fact('user agent')).toBe(navigator.userAgent);
  const links = [...document.querySelectorAll<HTMLAnchorElement>('dialog a')];
  expect(links.map(({ target }) => target)).toEqual(['_blank', '_blank', '_blank']);
});

it.each([
  [0.5, 'about 0.5 GB'],
  [4, 'about 4 GB'],
  [8, '8 GB or more'],
])('memory of %d GB is told as %s: only the most that browsers tell may be more', async (gigabytes, words) => {
  Object.defineProperty(navigator, 'deviceMemory', { configurable: true, value: gigabytes });
  try {
    shown = showPage();
    shown.app.actions.openDialog({ kind: 'diagnostics' });
    await vi.waitFor(() => expect(fact('memory')).toBe(words), { timeout: 20_000 });
  } finally {
    Reflect.deleteProperty(navigator, 'deviceMemory');
  }
});
