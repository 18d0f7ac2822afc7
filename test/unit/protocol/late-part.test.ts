import { expect, it, vi } from 'vitest';
import { fetchLateParts, latePart } from '../../../src/protocol/late-part.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

it('late parts are fetched together, whatever becomes of one of them', async () => {
  const gone = vi.fn(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  const there = vi.fn(async () => 'part');
  const [first, second] = [latePart(gone), latePart(there)];
  await fetchLateParts();
  expect(gone).toHaveBeenCalledTimes(1);
  expect(there).toHaveBeenCalledTimes(1);
  expect(await second()).toBe('part');
  await expect(first()).rejects.toMatchObject({ code: 'PART_FETCH_FAILED' });
  await expect(first().catch(sentence)).resolves.toMatch(/^Ein Teil der Seite ließ sich nicht holen/);
});
