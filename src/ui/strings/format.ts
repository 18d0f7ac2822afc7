import { threeDigits } from '../../protocol/three-digits.ts';

/** Numbers as the page writes them in English. */

export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  if (value < 0.005) return '<0.01';
  if (value < 0.1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A time that was measured. */
export function milliseconds(value: number): string {
  return value < 999.5 ? `${threeDigits(value)} ms` : `${threeDigits(value / 1000)} s`;
}

/** "1 picture", "2 pictures". */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

export function percent(value: number): string {
  return value >= 0.001 ? `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%` : '<0.1%';
}

export function megabytes(bytes: number): string {
  return bytes < 1e6 ? '1' : (bytes / 1e6).toFixed(0);
}

export function size(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${megabytes(bytes)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
