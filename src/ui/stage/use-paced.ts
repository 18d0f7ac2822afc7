import { startTransition, useEffect, useState } from 'react';

/** Frames in which all of many items come. */
const FRAMES = 8;

/** The first of some items, more with every frame until all are there: each costs time when it is new. */
export function usePaced<T>(items: readonly T[]): readonly T[] {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (count >= items.length) return;
    const next = count + Math.ceil(items.length / FRAMES);
    const frame = requestAnimationFrame(() => startTransition(() => setCount(next)));
    return () => cancelAnimationFrame(frame);
  }, [count, items.length]);
  return items.slice(0, count);
}
