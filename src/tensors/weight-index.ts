import type { Dtype } from './dtype.ts';

/** One stored array: a byte range of one file of the package. */
export interface StoredTensor {
  /** Key in the safetensors file. */
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** File name inside the package. */
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly byteLength: number;
}

/** How a weight's numbers are stored: plain floats, or blocks of 32 along a row with a float16 scale each. */
export type Encoding = 'f32' | 'f16' | 'q8' | 'q4';

export function isQuantized(encoding: Encoding): encoding is 'q8' | 'q4' {
  return encoding === 'q8' || encoding === 'q4';
}

/**
 * Rows `[rowStart, rowStart + rows)` of a weight. Quantized data is laid out as ONNX Runtime's MatMulNBits wants it:
 * uint8 `[rows, columns / 32, 16]` (q4, low nibble first, zero point 8) or `[rows, columns / 32, 32]` (q8, zero point
 * 128); scales are F16 `[rows, columns / 32]`; value = (code - zero point) * scale.
 */
export interface WeightBlock {
  readonly rowStart: number;
  readonly rows: number;
  readonly data: StoredTensor;
  readonly scales?: StoredTensor;
}

/** One weight of the checkpoint under its Hugging Face key, e.g. `text_model.model.layers.0.ffn.fc1.weight`. */
export interface Weight {
  readonly name: string;
  /** Shape in the checkpoint, e.g. `[out_features, in_features]`. */
  readonly shape: readonly number[];
  readonly encoding: Encoding;
  /** In order of rows; one block unless the weight is larger than a shard. */
  readonly blocks: readonly WeightBlock[];
}

export type WeightIndex = ReadonlyMap<string, Weight>;

/** Columns that share one scale. */
export const QUANTIZATION_BLOCK = 32;
