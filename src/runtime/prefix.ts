import type { ImageSpan } from '../kosmos2/sequence.ts';
import type { EncodedImage } from './image-store.ts';

/**
 * What stands at each position of a sequence: a token id, or a row of an image. Two sequences whose keys begin alike
 * have the same keys and values there, so the KV cache of one serves the other.
 */
export type PositionKey = number | string;

/**
 * @param ids token ids with placeholders in the image rows
 * @param images what stands in each span
 */
export function positionKeys(
  ids: readonly number[],
  spans: readonly ImageSpan[],
  images: readonly Pick<EncodedImage, 'key'>[],
): PositionKey[] {
  const keys: PositionKey[] = [...ids];
  for (const [index, { start, length }] of spans.entries()) {
    const { key } = images[index] as EncodedImage;
    for (let row = 0; row < length; row++) keys[start + row] = `${key}/${row}`;
  }
  return keys;
}

/** Length of the beginning that both have in common. */
export function commonPrefix(a: readonly PositionKey[], b: readonly PositionKey[]): number {
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) if (a[i] !== b[i]) return i;
  return most;
}
