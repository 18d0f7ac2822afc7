/** Numbers in an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Rows of a weight seen as a matrix: its first dimension by the product of the others. */
export function matrixShape(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const [rows = 1, ...rest] = shape;
  return { rows, columns: sizeOf(rest) };
}
