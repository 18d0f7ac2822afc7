import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
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

let started: { readonly memory: WebAssembly.Memory; readonly turn: Turn } | null = null;

/** Compiled when it is first wanted. Wherever weights are multiplied in int8, onnxruntime needs the same of WebAssembly. */
function start(): NonNullable<typeof started> {
  const bytes = Uint8Array.from(atob(INT8_TURN), (letter) => letter.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as NonNullable<typeof started>;
}

/**
 * Turns quantized rows into int8, rotated, as int8-panels.ts has them.
 * @param panel a multiple of eight
 * @param codes takes `[groups, panels, columns of a group, panel]`, zeros for rows that the last panel lacks
 * @param steps takes `[groups, panels, panel]`: a number is its code times that of its row in the group
 */
export function turnPanels(
  from: QuantizedRows,
  groups: number,
  panel: number,
  codes: Int8Array,
  steps: Float32Array,
): void {
  started ??= start();
  const { memory, turn } = started;
  const blocks = from.columns / QUANTIZATION_BLOCK;
  const inGroup = blocks / groups;
  const length = blockBytes(from.encoding);
  const lengths = [panel * blocks * length, 4 * panel * blocks, panel * QUANTIZATION_BLOCK * inGroup, 4 * panel];
  const [atCodes, atScales, atOut, atSteps, atWork] = startsOf(lengths) as [number, number, number, number, number];
  const lacking = atWork + WORK * inGroup - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
  const bytes = new Uint8Array(memory.buffer);
  const scales = new Float32Array(memory.buffer, atScales, panel * blocks);
  const out = new Int8Array(memory.buffer, atOut, lengths[2]);
  const outSteps = new Float32Array(memory.buffer, atSteps, panel);
  const panels = Math.ceil(from.rows / panel);
  for (let i = 0; i < panels; i++) {
    const top = i * panel;
    bytes.set(from.codes.subarray(top * blocks * length, (top + panel) * blocks * length), atCodes);
    readScales(from, top, panel, scales);
    for (let group = 0; group < groups; group++) {
      const first = group * inGroup;
      turn(
        ...([atCodes + first * length, blocks * length, from.encoding === 'q8'] as const),
        ...([atScales + 4 * first * panel, inGroup, panel, atOut, atSteps, atWork] as const),
      );
      codes.set(out, (group * panels + i) * out.length);
      steps.set(outSteps, (group * panels + i) * panel);
    }
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
