import { SELF_TEST_CACHE } from '../protocol/self-test.ts';

/** Remembers what came of self-tests, so that one that was passed runs once. */
export interface SelfTestMemory {
  /** Whether the test of this name was passed; null where it never ran. */
  recall(name: string): Promise<boolean | null>;
  remember(name: string, passed: boolean): Promise<void>;
}

/** What this worker has seen itself, so that a device that failed is not tried again even where nothing can be kept. */
const seen = new Map<string, boolean>();

/** A cache: the one store a worker has that needs no opening. Where the browser keeps nothing, a fresh worker tests again. */
export const browserMemory: SelfTestMemory = {
  async recall(name) {
    const result = seen.get(name);
    if (result !== undefined) return result;
    try {
      const answer = await caches.match(addressOf(name), { cacheName: SELF_TEST_CACHE });
      return answer ? (await answer.text()) === 'passed' : null;
    } catch {
      return null;
    }
  },
  async remember(name, passed) {
    seen.set(name, passed);
    try {
      const cache = await caches.open(SELF_TEST_CACHE);
      await cache.put(addressOf(name), new Response(passed ? 'passed' : 'failed'));
    } catch {
      // The test runs again in the next worker.
    }
  },
};

function addressOf(name: string): string {
  return `https://self-test.invalid/${encodeURIComponent(name)}`;
}
