import { expect, it, vi } from 'vitest';
import { fetchLateParts, latePart } from '../../../src/protocol/late-part.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

it('late parts are fetched together, but none behind one that does not come: each can be asked for again', async () => {
  const there = vi.fn(async () => 'part');
  const gone = vi.fn(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  const behind = vi.fn(async () => 'another');
  const [first, second, third] = [latePart(there), latePart(gone), latePart(behind)];
  await fetchLateParts();
  expect([there, gone, behind].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
  expect([await first(), await third()]).toEqual(['part', 'another']);
  await expect(second()).rejects.toMatchObject({ code: 'PART_FETCH_FAILED' });
  await expect(second().catch(sentence)).resolves.toMatch(/^Ein Teil der Seite ließ sich nicht holen/);
});
