import { startTransition, useEffect, useState } from 'react';

/** The first of some items, one more with every frame until all are there: each costs time when it is new. */
export function usePaced<T>(items: readonly T[]): readonly T[] {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (count >= items.length) return;
    const frame = requestAnimationFrame(() => startTransition(() => setCount(count + 1)));
    return () => cancelAnimationFrame(frame);
  }, [count, items.length]);
  return items.slice(0, count);
}
