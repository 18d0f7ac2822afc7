import { breakOffAside } from './break-off-aside.ts';

/** For a page that was just loaded again to have let go, in milliseconds. */
const PATIENCE = 1000;

/** The visits whose questions this window answers. */
export interface Visits {
  /** Makes the questions of a visit this window's. @returns false where another window has them */
  take(visit: string): Promise<boolean>;
  /** Leaves them to others. */
  close(): void;
}

/** The visit in which a turn was asked, which is in its id; empty where none is. */
export function visitOf(turnId: string): string {
  return turnId.split('-')[1] ?? '';
}

/** Takes visits by Web Locks, which a window that dies lets go of; one that is put aside does so too until it is back. */
export function lockedVisits(): Visits {
  const taken = new Set<string>();
  const closed = new AbortController();
  const aside = breakOffAside(() => {
    for (const visit of taken) void request(visit);
  });

  /** @returns true also where there are no locks, or they are refused: then every window answers what waits */
  function request(visit: string): Promise<boolean> {
    // The types say that there are always locks; insecure pages have none.
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(PATIENCE);
      // Also where the browser has dropped what a page waited for that it put aside.
      signal.addEventListener('abort', () => resolve(false), { once: true });
      const end = AbortSignal.any([aside.signal, closed.signal]);
      const hold = () => {
        resolve(true);
        return new Promise<void>((over) => end.addEventListener('abort', () => over(), { once: true }));
      };
      locks.request(`kosmos2-visit-${visit}`, { signal }, hold).catch(() => resolve(!signal.aborted));
    });
  }

  return {
    async take(visit) {
      const isOurs = await request(visit);
      if (isOurs) taken.add(visit);
      return isOurs;
    },
    close() {
      closed.abort();
      aside.close();
    },
  };
}
