import { blockBytes } from '../tensors/dequantize.ts';
import {
  layoutSafetensors,
  type SafetensorsLayout,
  type TensorSpec,
  tensorBytes,
} from '../tensors/safetensors-layout.ts';
import { matrixShape } from '../tensors/shape.ts';
import { type Encoding, isQuantized, QUANTIZATION_BLOCK } from '../tensors/weight-index.ts';
import type { ExpectedWeight } from './expected-weights.ts';
import { type Encodings, MAX_SHARD_BYTES, shardName } from './manifest.ts';
import { encodingOf } from './schemes.ts';
import { storedName } from './stored-name.ts';

/** Rows of one weight, to be stored in one shard. */
export interface PlannedBlock {
  readonly weight: ExpectedWeight;
  readonly encoding: Encoding;
  readonly rowStart: number;
  readonly rows: number;
  /** Key of its numbers or codes; `scales` is the key of its scales where it is quantized. */
  readonly data: string;
  readonly scales: string | null;
}

/** One weight file to be written. */
export interface PlannedShard {
  readonly name: string;
  readonly layout: SafetensorsLayout;
  readonly blocks: readonly PlannedBlock[];
}

/** Blocks begin at multiples of 16 rows, because the fast matrix kernels take 16 rows at a time. */
const ROW_STEP = 16;

/** Room for the length field, the metadata and the alignment of the data. */
const HEADER_FRAME = 512;

/** Says where every weight goes, from shapes alone: weights in their order, shards filled one after the other. */
export function planShards(
  weights: Iterable<ExpectedWeight>,
  encodings: Encodings,
  maxBytes = MAX_SHARD_BYTES,
): PlannedShard[] {
  const shards: PlannedBlock[][] = [];
  let room = 0;
  for (const weight of weights) {
    for (const block of splitRows(weight, encodings, maxBytes)) {
      const cost = costOf(block);
      if (cost > room || shards.length === 0) {
        shards.push([]);
        room = maxBytes - HEADER_FRAME;
      }
      shards.at(-1)?.push(block);
      room -= cost;
    }
  }
  return shards.map((blocks, i) => {
    const name = shardName(i + 1, shards.length);
    return { name, layout: layoutSafetensors(name, blocks.flatMap(specsOf), { format: 'kosmos2-web' }), blocks };
  });
}

/** The arrays a block is stored as. */
function specsOf({ weight, encoding, rows, data, scales }: PlannedBlock): TensorSpec[] {
  if (!isQuantized(encoding) || scales === null) {
    return [{ name: data, dtype: encoding === 'f32' ? 'F32' : 'F16', shape: [rows, ...weight.shape.slice(1)] }];
  }
  const perRow = matrixShape(weight.shape).columns / QUANTIZATION_BLOCK;
  return [
    { name: data, dtype: 'U8', shape: [rows, perRow, blockBytes(encoding)] },
    { name: scales, dtype: 'F16', shape: [rows, perRow] },
  ];
}

/** The whole weight, or the fewest blocks of about equal size where it does not fit into one shard. */
function splitRows(weight: ExpectedWeight, encodings: Encodings, maxBytes: number): PlannedBlock[] {
  const { rows } = matrixShape(weight.shape);
  const encoding = encodingOf(encodings, weight);
  let step = rows;
  for (let count = 1; costOf(plannedBlock(weight, encoding, 0, step)) > maxBytes - HEADER_FRAME; count++) {
    step = Math.ceil(rows / count);
    if (step > ROW_STEP) step = Math.ceil(step / ROW_STEP) * ROW_STEP;
    else if (step === 1) break;
  }
  const blocks: PlannedBlock[] = [];
  for (let row = 0; row < rows; row += step) {
    blocks.push(plannedBlock(weight, encoding, row, Math.min(step, rows - row)));
  }
  return blocks;
}

function plannedBlock(weight: ExpectedWeight, encoding: Encoding, rowStart: number, rows: number): PlannedBlock {
  const quantized = isQuantized(encoding);
  const key = (part: 'floats' | 'q4' | 'q8' | 'scales') => storedName({ weight: weight.name, part, rowStart });
  const data = key(quantized ? encoding : 'floats');
  return { weight, encoding, rowStart, rows, data, scales: quantized ? key('scales') : null };
}

/** Bytes a block takes in its shard at most: its arrays, and their entries in the header with offsets of eight digits. */
function costOf(block: PlannedBlock): number {
  return specsOf(block).reduce((sum, spec) => {
    const { name, ...entry } = { ...spec, data_offsets: [99_999_999, 99_999_999] };
    return sum + tensorBytes(spec) + JSON.stringify({ [name]: entry }).length;
  }, 0);
}
