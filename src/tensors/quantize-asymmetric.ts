import { zeroPointBytes } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { bestScale, loadBlock, range, tryScale, writeCodes } from './quantize-block.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

/** Largest code of 4 bits. */
const MOST = 15;
/** Scales tried, as multiples of the one that just spans the block. Smaller ones cut the ends for finer steps. */
const FACTORS = [0.92, 0.97, 1.02] as const;

/**
 * Quantizes rows to 4 bits with a zero point for each block of 32: value = (code - zero point) * scale. Codes and scales
 * are laid out as `quantizeRows` does. On the demo model the error is a tenth smaller than the symmetric one for 3% more
 * bytes; since `q4` loses no recall as it is, no scheme uses it.
 * @param values `[rows, columns]`; columns a multiple of 32
 * @param zeroPoints `rows * zeroPointBytes(columns)` bytes, written: as MatMulNBits wants them, two blocks of a row a byte
 * @throws TensorError TENSOR_VALUE_INVALID for NaN, infinity, or a block no float16 scale can reach
 */
export function quantizeRowsAsymmetric(
  values: Float32Array,
  columns: number,
  codes: Uint8Array,
  scales: Uint16Array,
  zeroPoints: Uint8Array,
  name: string,
): void {
  const perRow = columns / QUANTIZATION_BLOCK;
  zeroPoints.fill(0);
  for (let b = 0; b < scales.length; b++) {
    const start = b * QUANTIZATION_BLOCK;
    loadBlock(values, start, name, start);
    const span = range.high - range.low;
    let zero = MOST >> 1;
    let scale = 0;
    if (span > 0) {
      // The zero point follows from the ends alone; the scales share it, so that the best of them can be compared.
      zero = Math.round((-range.low / span) * MOST);
      for (const factor of FACTORS) tryScale((factor * span) / MOST, -zero, MOST - zero);
      scale = bestScale(-zero, MOST - zero, name, start);
    }
    scales[b] = scale;
    writeCodes(halfToFloat(scale), -zero, MOST - zero, codes, (b * QUANTIZATION_BLOCK) / 2, true);
    const at = Math.floor(b / perRow) * zeroPointBytes(columns) + ((b % perRow) >> 1);
    zeroPoints[at] = (zeroPoints[at] as number) | (zero << ((b % perRow) % 2 === 0 ? 0 : 4));
  }
}
