import { expect, test } from 'vitest';
import { progressLine } from '../../../src/cli/progress-line.ts';

/** Shows an import of 6.66 GB at 100 MB/s, of which 660 MB were there already, and returns what was written. */
function shown(isTTY: boolean, seconds: readonly number[]): string[] {
  const written: string[] = [];
  let now = 0;
  const line = progressLine({ isTTY, write: (text) => written.push(text) }, () => now);
  for (now of seconds) line.show({ done: 660e6 + now * 100e6, total: 6660e6, kept: 660e6, weight: 'a.weight' });
  line.clear();
  return written;
}

test('a terminal shows a bar with bytes, rate and time left, and in the end nothing', () => {
  const [first, second, end] = shown(true, [0, 30]);
  expect(first).toBe('\x1b[K[##......................] 9%, 660 of 6660 MB\r');
  expect(second).toBe('\x1b[K[#############...........] 54%, 3660 of 6660 MB, 100 MB/s, 0:30 left\r');
  expect(end).toBe('\x1b[K');
});

test('a bar is drawn at most ten times a second', () => {
  expect(
    shown(
      true,
      Array.from({ length: 1000 }, (_, i) => i / 1000),
    ).length,
  ).toBeLessThan(13);
});

test('a log gets a plain line every ten seconds, and none for what is over before', () => {
  expect(shown(false, [0, 3, 9])).toEqual([]);
  expect(shown(false, [0, 10, 12, 20])).toEqual([
    '24%, 1660 of 6660 MB, 100 MB/s, 0:50 left\n',
    '39%, 2660 of 6660 MB, 100 MB/s, 0:40 left\n',
  ]);
});

test('checking what is there already has no rate', () => {
  const written: string[] = [];
  progressLine({ isTTY: true, write: (text) => written.push(text) }).show({
    done: 5e6,
    total: 1e7,
    kept: 5e6,
    weight: null,
  });
  expect(written[0]).toContain('50%, 5.0 of 10.0 MB, checking what an earlier try has left');
});
