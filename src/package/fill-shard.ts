import { matrixShape } from '../tensors/shape.ts';
import type { StoredTensor } from '../tensors/weight-index.ts';
import { type EncodedRows, encodeRows } from './encode-rows.ts';
import type { PlannedBlock, PlannedShard } from './plan-shards.ts';

/** Numbers converted at a time: 8 MB of float32, enough to make the reads few and the memory small. */
const PIECE_NUMBERS = 2 ** 21;

/** Rows that are read and stored in one go: `[row, row + rows)` of a planned block. */
export interface Piece {
  readonly shard: PlannedShard;
  readonly block: PlannedBlock;
  readonly row: number;
  readonly rows: number;
  /** Whether its shard is full with it. */
  readonly isLast: boolean;
}

/** All pieces of some shards, one shard after the other. */
export function* piecesOf(shards: Iterable<PlannedShard>): Generator<Piece, void, void> {
  for (const shard of shards) {
    for (const block of shard.blocks) {
      const step = Math.max(1, Math.floor(PIECE_NUMBERS / matrixShape(block.weight.shape).columns));
      for (let row = 0; row < block.rows; row += step) {
        const rows = Math.min(step, block.rows - row);
        yield { shard, block, row, rows, isLast: block === shard.blocks.at(-1) && row + rows === block.rows };
      }
    }
  }
}

/** The bytes of a weight file before any weight is in it. */
export function emptyShard({ layout }: PlannedShard): Uint8Array {
  const bytes = new Uint8Array(layout.byteLength);
  bytes.set(layout.header);
  return bytes;
}

/**
 * Stores the numbers of a piece in the bytes of its shard.
 * @returns where they are now
 * @throws TensorError TENSOR_VALUE_INVALID for a number that is not finite or beyond the encoding's reach
 */
export function fillPiece(shard: Uint8Array, piece: Piece, values: Float32Array): EncodedRows {
  const { block, row, rows } = piece;
  const { columns } = matrixShape(block.weight.shape);
  const part = (key: string | null) => {
    if (key === null) return shard.subarray(0, 0);
    const { offset, byteLength } = placeOf(piece.shard, key);
    const rowBytes = byteLength / block.rows;
    return shard.subarray(offset + row * rowBytes, offset + (row + rows) * rowBytes);
  };
  const to = { encoding: block.encoding, columns, data: part(block.data), scales: part(block.scales) };
  encodeRows(values, to, block.weight.name, (block.rowStart + row) * columns);
  return to;
}

function placeOf({ layout }: PlannedShard, key: string): StoredTensor {
  const place = layout.tensors.find(({ name }) => name === key);
  if (!place) throw new RangeError(`The planned array ${key} has no place in its shard.`);
  return place;
}
