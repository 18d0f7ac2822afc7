import { SELF_TEST_CACHE } from '../protocol/self-test.ts';

/** Remembers what came of self-tests, so that each runs once. */
export interface SelfTestMemory {
  /** Whether the test of this name was passed; null where it never ran. */
  recall(name: string): Promise<boolean | null>;
  remember(name: string, passed: boolean): Promise<void>;
}

/** A cache: the one store a worker has that needs no opening. Where the browser keeps nothing, every test runs again. */
export const browserMemory: SelfTestMemory = {
  async recall(name) {
    try {
      const answer = await caches.match(addressOf(name), { cacheName: SELF_TEST_CACHE });
      return answer ? (await answer.text()) === 'passed' : null;
    } catch {
      return null;
    }
  },
  async remember(name, passed) {
    try {
      const cache = await caches.open(SELF_TEST_CACHE);
      await cache.put(addressOf(name), new Response(passed ? 'passed' : 'failed'));
    } catch {
      // The test runs again next time.
    }
  },
};

function addressOf(name: string): string {
  return `https://self-test.invalid/${encodeURIComponent(name)}`;
}
