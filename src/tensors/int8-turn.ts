import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import type { Int8Matrix } from './int8-panels.ts';
import { INT8_TURN } from './int8-turn-wasm.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

/** Some columns of a panel, as int8-turn.wat has it; addresses in bytes. */
type Turn = (
  codes: number,
  apart: number,
  wide: boolean,
  scales: number,
  count: number,
  panel: number,
  out: number,
  steps: number,
  work: number,
) => void;

const PAGE = 65536;
/** Bytes of the work on one block. */
const WORK = 512;

/** Most bytes of memory that are kept for the next matrix: room for all but the tokens' own of the full model. */
const MOST_KEPT = 2 ** 25;

interface Started {
  readonly memory: WebAssembly.Memory;
  readonly turn: Turn;
}

/** Wherever weights are multiplied in int8, onnxruntime needs the same of WebAssembly. */
function start(): Started {
  const bytes = Uint8Array.from(atob(INT8_TURN), (letter) => letter.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Started;
}

/**
 * Turns quantized rows into int8, rotated, as int8-panels.ts has them, in a WebAssembly module with a memory of its own, where
 * they stay until the next are turned: they are copied from there once, and new arrays for each matrix of a big model would
 * take longer than turning it.
 */
export class Int8Turner {
  #started: Started | null = null;

  /** @param panel a multiple of eight */
  turn(from: QuantizedRows, groups: number, panel: number): Int8Matrix {
    const blocks = from.columns / QUANTIZATION_BLOCK;
    const inGroup = blocks / groups;
    const length = blockBytes(from.encoding);
    const panels = Math.ceil(from.rows / panel);
    const outLength = panel * QUANTIZATION_BLOCK * inGroup;
    const parts = groups * panels;
    const lengths = [panel * blocks * length, 4 * panel * blocks, WORK * inGroup, 4 * panel * parts, outLength * parts];
    const [atCodes = 0, atScales = 0, atWork = 0, atSteps = 0, atOut = 0, end = 0] = startsOf(lengths);
    const { memory, turn } = this.#started ?? start();
    const lacking = end - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
    // WebAssembly's memory never shrinks: one too large to be kept is let go, and is gone with what lies in it.
    this.#started = end > MOST_KEPT ? null : { memory, turn };
    const { buffer } = memory;
    const bytes = new Uint8Array(buffer);
    const scales = new Float32Array(buffer, atScales, panel * blocks);
    for (let i = 0; i < panels; i++) {
      const top = i * panel;
      bytes.set(from.codes.subarray(top * blocks * length, (top + panel) * blocks * length), atCodes);
      readScales(from, top, panel, scales);
      for (let group = 0; group < groups; group++) {
        const first = group * inGroup;
        const part = group * panels + i;
        turn(
          ...([atCodes + first * length, blocks * length, from.encoding === 'q8'] as const),
          ...([atScales + 4 * first * panel, inGroup, panel] as const),
          ...([atOut + part * outLength, atSteps + 4 * part * panel, atWork] as const),
        );
      }
    }
    return {
      codes: new Int8Array(buffer, atOut, outLength * parts),
      scales: new Float32Array(buffer, atSteps, panel * parts),
    };
  }
}

/** Where stretches of these lengths begin, one behind the other, each at a multiple of 16 bytes; and where the last ends. */
function startsOf(lengths: readonly number[]): number[] {
  let end = 0;
  return [0, ...lengths.map((length) => (end += Math.ceil(length / 16) * 16))];
}

/** The scales of a panel's rows as float32 `[blocks, panel]`; zeros for rows that there are none of. */
function readScales({ rows, columns, scales }: QuantizedRows, top: number, panel: number, out: Float32Array): void {
  const blocks = columns / QUANTIZATION_BLOCK;
  out.fill(0);
  for (let row = 0; row < Math.min(panel, rows - top); row++) {
    const start = (top + row) * blocks;
    for (let block = 0; block < blocks; block++)
      out[block * panel + row] = halfToFloat(scales[start + block] as number);
  }
}
