import { matrixShape } from '../tensors/shape.ts';
import { type Encoding, isQuantized, QUANTIZATION_BLOCK } from '../tensors/weight-index.ts';
import type { ExpectedWeight } from './expected-weights.ts';
import type { Encodings } from './manifest.ts';

/**
 * Every way to quantize a model, group by group: the one place that says so. `float` (norms, biases, positions, the patch
 * convolution, latent queries) is 1% of the bytes and feeds every sum, so it is never quantized.
 * Sizes of the 1.6 B model: f32 6.7 GB, f16 3.3 GB, q8 1.8 GB, q4 1.2 GB, q4-small 0.9 GB.
 */
export const SCHEMES = {
  f32: { decoder: 'f32', embedding: 'f32', vision: 'f32', projection: 'f32', float: 'f32' },
  f16: { decoder: 'f16', embedding: 'f16', vision: 'f16', projection: 'f16', float: 'f16' },
  q8: { decoder: 'q8', embedding: 'q8', vision: 'q8', projection: 'q8', float: 'f16' },
  // Only the decoder is read again for every token. On the demo model all 4 bits cost 1.2 points of recall@1, this none.
  q4: { decoder: 'q4', embedding: 'q8', vision: 'q8', projection: 'q8', float: 'f16' },
  'q4-small': { decoder: 'q4', embedding: 'q4', vision: 'q4', projection: 'q4', float: 'f16' },
} as const satisfies Record<string, Encodings>;

export type SchemeName = keyof typeof SCHEMES;

export function isSchemeName(name: string): name is SchemeName {
  return Object.hasOwn(SCHEMES, name);
}

/** How a weight is stored: as its group is, or as floats where its columns do not fill whole blocks of 32. */
export function encodingOf(encodings: Encodings, { group, shape }: ExpectedWeight): Encoding {
  const encoding = encodings[group];
  const isWhole = matrixShape(shape).columns % QUANTIZATION_BLOCK === 0;
  return isQuantized(encoding) && !isWhole ? encodings.float : encoding;
}
