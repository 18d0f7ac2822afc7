/** Most pairs by trying everything. */
export function mostPairs([row, ...rest]: readonly (readonly number[])[], taken: ReadonlySet<number>): number {
  if (row === undefined) return 0;
  const left = row.filter((column) => !taken.has(column));
  return Math.max(mostPairs(rest, taken), ...left.map((column) => 1 + mostPairs(rest, new Set([...taken, column]))));
}
