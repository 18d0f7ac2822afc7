import { expect, it } from 'vitest';
import { NewestOnly } from '../../../src/protocol/newest-only.ts';

it('of works for one name the one begun last counts, until it is ended; other names have their own', () => {
  const works = new NewestOnly();
  const [first, second, other] = [works.begin('a'), works.begin('a'), works.begin('b')];
  expect([first(), second(), other()]).toEqual([false, true, true]);
  works.end('a');
  expect([first(), second(), other()]).toEqual([false, false, true]);
  expect(works.begin('a')()).toBe(true);
});
