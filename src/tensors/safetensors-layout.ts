import { BYTES_PER_ELEMENT, type Dtype } from './dtype.ts';
import { sizeOf } from './shape.ts';
import type { StoredTensor } from './weight-index.ts';

/** A tensor about to be stored. */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** Where everything of a safetensors file goes: the header's bytes, then the tensors at their offsets. */
export interface SafetensorsLayout {
  readonly header: Uint8Array;
  /** In the order of their offsets. */
  readonly tensors: readonly StoredTensor[];
  readonly byteLength: number;
}

/**
 * The data begins at a multiple of 64, so that with sizes that are multiples of 16 (all of KOSMOS-2's are) every tensor is
 * aligned for a SIMD load or a typed array over the file's bytes.
 */
const DATA_ALIGNMENT = 64;

export function tensorBytes({ dtype, shape }: Pick<TensorSpec, 'dtype' | 'shape'>): number {
  return sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
}

/**
 * Lays tensors out as a safetensors file. The format allows no holes, so alignment comes from the order: sizes that are
 * multiples of 64 first, then of 32, 16, .. 1; otherwise the given order stays. The same input gives the same bytes.
 */
export function layoutSafetensors(
  file: string,
  specs: readonly TensorSpec[],
  metadata: Readonly<Record<string, string>>,
): SafetensorsLayout {
  const ordered = specs.toSorted((a, b) => alignmentOf(tensorBytes(b)) - alignmentOf(tensorBytes(a)));
  let end = 0;
  const entries = ordered.map((spec) => {
    const begin = end;
    end += tensorBytes(spec);
    return { ...spec, begin, end };
  });
  const json = JSON.stringify({
    __metadata__: metadata,
    ...Object.fromEntries(
      entries.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, data_offsets: [begin, end] }]),
    ),
  });
  const text = new TextEncoder().encode(json);
  const dataStart = Math.ceil((8 + text.length) / DATA_ALIGNMENT) * DATA_ALIGNMENT;
  const header = new Uint8Array(dataStart).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  header.set(text, 8);
  return {
    header,
    tensors: entries.map(({ name, dtype, shape, begin, end }) => {
      return { name, dtype, shape, file, offset: dataStart + begin, byteLength: end - begin };
    }),
    byteLength: dataStart + end,
  };
}

/** The largest power of two up to 64 that divides a size. */
function alignmentOf(bytes: number): number {
  let alignment = DATA_ALIGNMENT;
  while (bytes % alignment !== 0) alignment /= 2;
  return alignment;
}
