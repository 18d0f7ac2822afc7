/** What is broken off while the browser has put the page aside. */
export interface Aside {
  /** Aborted while the page is aside; another one once it is back. */
  readonly signal: AbortSignal;
  /** Heeds the browser no more. */
  close(): void;
}

/**
 * Breaks off what other pages of the site would wait for when the browser puts this one aside. A page that may come back is frozen as
 * it is, and in WebKit a write that is not over then keeps every other page from the database, for good.
 * @param goOn called when the page is back
 */
export function breakOffAside(goOn: () => void): Aside {
  let aside = new AbortController();
  const onLeave = ({ persisted }: PageTransitionEvent) => {
    if (persisted) aside.abort();
  };
  const onReturn = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    aside = new AbortController();
    goOn();
  };
  addEventListener('pagehide', onLeave);
  addEventListener('pageshow', onReturn);
  return {
    get signal() {
      return aside.signal;
    },
    close() {
      removeEventListener('pagehide', onLeave);
      removeEventListener('pageshow', onReturn);
    },
  };
}

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

/** Aborts a transaction with a signal. @returns aborts it at once, where the database has not ended it already */
export function abortWith(signal: AbortSignal | undefined, transaction: Transaction): () => void {
  const abort = () => {
    try {
      transaction.abort();
    } catch {
      // The database has ended it already.
    }
  };
  const over = () => signal?.removeEventListener('abort', abort);
  signal?.addEventListener('abort', abort);
  transaction.done.then(over, over);
  return abort;
}
