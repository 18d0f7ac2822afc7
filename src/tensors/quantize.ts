import { blockBytes } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { bestScale, loadBlock, range, tryScale, writeCodes } from './quantize-block.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

/** How the codes of one encoding are found. */
interface Codec {
  /** Codes stand for -half .. half - 1 times the scale; `half` is also the zero point. */
  readonly half: number;
  /**
   * Scales tried, as multiples of the one that maps the number of largest magnitude exactly to -half. Smaller ones trade
   * a cut-off peak for finer steps; larger ones matter where the opposite peak is as large and would be cut at half - 1.
   */
  readonly factors: readonly number[];
}

/**
 * The sets of four and three that came out best of 18 multiples from .76 to 1.1 (4 bits). Relative RMS error on normally
 * distributed weights: 4 bits 8.03% (all 18: 8.01%, plain rounding to the largest magnitude 9.71%), 8 bits .49% (.53%).
 * Trying the other sign of the scale too gains less than .001%, so the sign is the one that gives the peak the longer
 * side, -half.
 */
const CODECS: Readonly<Record<'q4' | 'q8', Codec>> = {
  q4: { half: 8, factors: [0.92, 0.98, 1.02, 1.1] },
  q8: { half: 128, factors: [1, 1.004, 1.008] },
};

/**
 * Quantizes rows in blocks of 32 along the columns, each with the float16 scale that gives the least squared error of
 * those tried. Layout and meaning as in WeightBlock. The same numbers give the same bytes everywhere.
 * @param values `[rows, columns]`; columns a multiple of 32, so blocks never cross a row
 * @param codes `rows * columns / 2` bytes (q4) or `rows * columns` (q8), written
 * @param scales `rows * columns / 32` float16 bits, written
 * @param name weight, for messages; `firstIndex` is the place of `values[0]` in it
 * @throws TensorError TENSOR_VALUE_INVALID for NaN, infinity, or a block no float16 scale can reach
 */
export function quantizeRows(
  encoding: 'q4' | 'q8',
  values: Float32Array,
  codes: Uint8Array,
  scales: Uint16Array,
  name: string,
  firstIndex = 0,
): void {
  const { half, factors } = CODECS[encoding];
  const bytes = blockBytes(encoding);
  for (let b = 0; b < scales.length; b++) {
    const start = b * QUANTIZATION_BLOCK;
    loadBlock(values, start, name, firstIndex + start);
    const peak = -range.low > range.high ? range.low : range.high;
    let scale = 0;
    if (peak !== 0) {
      for (let i = 0; i < factors.length; i++) tryScale(((factors[i] as number) * peak) / -half, -half, half - 1);
      scale = bestScale(-half, half - 1, name, firstIndex + start);
    }
    scales[b] = scale;
    writeCodes(halfToFloat(scale), -half, half - 1, codes, b * bytes, encoding === 'q4');
  }
}
