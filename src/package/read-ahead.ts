/**
 * Reads items in their order with up to `depth` reads under way, so that the next ones travel while one is worked on.
 * When the caller leaves, or a read fails, the others are told to stop.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  read: (item: Item, signal: AbortSignal) => Promise<Result>,
  depth: number,
  signal?: AbortSignal,
): AsyncGenerator<readonly [Item, Result], void, void> {
  const left = new AbortController();
  const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const iterator = items[Symbol.iterator]();
  const underWay: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  try {
    for (;;) {
      while (underWay.length < depth) {
        const next = iterator.next();
        if (next.done) break;
        const result = read(next.value, either);
        // Told when its turn comes; a failure before that must not count as unhandled.
        result.catch(() => {});
        underWay.push({ item: next.value, result });
      }
      const first = underWay.shift();
      if (!first) return;
      yield [first.item, await first.result];
    }
  } finally {
    left.abort();
  }
}
