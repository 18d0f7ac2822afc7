/**
 * Most pairs that can be made, each row and each column in one pair at most (bipartite matching by augmenting paths).
 * @param fits columns that fit each row
 * @returns the column of each row; null for a row without one
 */
export function bestPairs(fits: readonly (readonly number[])[]): readonly (number | null)[] {
  const rowOf = new Map<number, number>();
  function place(row: number, seen: Set<number>): boolean {
    for (const column of fits[row] ?? []) {
      if (seen.has(column)) continue;
      seen.add(column);
      const holder = rowOf.get(column);
      if (holder !== undefined && !place(holder, seen)) continue;
      rowOf.set(column, row);
      return true;
    }
    return false;
  }
  for (const row of fits.keys()) place(row, new Set());
  const columns = new Map([...rowOf].map(([column, row]) => [row, column]));
  return fits.map((_, row) => columns.get(row) ?? null);
}
