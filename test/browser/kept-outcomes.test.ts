import { openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import type { Outcome } from '../../src/evaluation/outcome.ts';

const RUN = 'kept-outcomes-test';
/** How long the database is held, in milliseconds: to whoever waits by the test’s own clock, for ever. */
const HELD = 1000;
const outcome: Outcome = { id: 'a', answer: 'a pig', boxes: [] };

/** As a page that was just opened has it. */
const fresh = () => {
  vi.resetModules();
  return import('../../src/ui/evaluation/kept-outcomes.ts');
};

/** As a browser tells a page that it is put aside, and that it is back. */
const pageIs = (what: 'pagehide' | 'pageshow') => dispatchEvent(new PageTransitionEvent(what, { persisted: true }));

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await (await fresh()).forgetRun(RUN);
});

it('an outcome that was being kept when the page was put aside is broken off, and kept when it is back', async () => {
  const { keepOutcome, keptOutcomes } = await fresh();
  const ends: string[] = [];
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    const begun = transaction.apply(this, args);
    for (const end of ['abort', 'complete']) begun.addEventListener(end, () => ends.push(end));
    if (ends.length === 0) queueMicrotask(() => pageIs('pagehide'));
    return begun;
  });
  const keeping = keepOutcome(RUN, outcome);
  await vi.waitFor(() => expect(ends).toEqual(['abort']));
  pageIs('pageshow');
  expect(await keeping).toBe(true);
  expect(ends).toEqual(['abort', 'complete']);
  expect([...(await keptOutcomes(RUN)).values()]).toEqual([outcome]);
});

it('a run begins with nothing kept, and keeps nothing, where a frozen page holds the database for 15 seconds', async () => {
  const { keepOutcome, keptOutcomes } = await fresh();
  await keepOutcome(RUN, outcome);
  const another = await openDB('kosmos2-evaluations');
  const { store, done } = another.transaction('outcomes', 'readwrite');
  const end = performance.now() + HELD;
  const holding = (async () => {
    while (performance.now() < end) await store.count();
  })();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const kept = keptOutcomes(RUN);
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await kept).size).toBe(0);
  expect(await keepOutcome(RUN, outcome)).toBe(false);
  await Promise.all([holding, done]);
  another.close();
});
