/** With the first pause of half a second, eight tries last about a minute: a train through a tunnel. */
export const DEFAULT_FIRST_PAUSE = 500;
const MAX_TRIES = 8;
const MAX_PAUSE = 30_000;

/** A failure that may be gone at the next try: a network error, a cut connection, a server that is busy. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure';
  /** How long the server asks to wait, where it does. */
  readonly waitMilliseconds: number;
  /** How many tries it is worth at most. */
  readonly tries: number;

  constructor(reason: string, waitMilliseconds = 0, cause?: unknown, tries = MAX_TRIES) {
    super(reason, { cause });
    this.waitMilliseconds = waitMilliseconds;
    this.tries = tries;
  }
}

export interface RetryOptions {
  /** Pause after the first failure, doubled after every other. */
  readonly firstPause: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries until it works, with growing pauses of random length so that many readers do not come back at once.
 * @throws what `attempt` throws, a PassingFailure only after the last try; the reason of `signal` once it aborts
 */
export async function withRetries<T>(attempt: () => Promise<T>, { firstPause, signal }: RetryOptions): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!(thrown instanceof PassingFailure) || tries >= thrown.tries) throw thrown;
      const pause = Math.min(MAX_PAUSE, firstPause * 2 ** (tries - 1)) * (0.5 + Math.random());
      await sleep(Math.max(pause, thrown.waitMilliseconds), signal);
    }
  }
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
