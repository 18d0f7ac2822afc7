/** The first of the items that cost the least; undefined where there is none. */
export function leastOf<T>(items: readonly [T, ...T[]], cost: (item: T) => number): T;
export function leastOf<T>(items: readonly T[], cost: (item: T) => number): T | undefined;
export function leastOf<T>(items: readonly T[], cost: (item: T) => number): T | undefined {
  let best: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const value = cost(item);
    if (value >= least) continue;
    best = item;
    least = value;
  }
  return best;
}
