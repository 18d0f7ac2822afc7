/** A measured number as people read it: three digits, all of those before the point, and never a power of ten. */
export function threeDigits(value: number): string {
  return value >= 999.5 ? value.toFixed(0) : value.toPrecision(3);
}
