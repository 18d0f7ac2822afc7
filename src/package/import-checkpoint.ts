import { AppError, toAppError } from '../protocol/errors.ts';
import { matrixShape } from '../tensors/read-weight.ts';
import type { StoredTensor } from '../tensors/weight-index.ts';
import type { CheckpointFiles } from './checkpoint-files.ts';
import { decodeRows, type EncodedRows, encodeRows } from './encode-rows.ts';
import { type FileRecord, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { type Checkpoint, openCheckpoint } from './open-checkpoint.ts';
import type { PackageSink } from './package-sink.ts';
import { type PlannedBlock, type PlannedShard, planShards } from './plan-shards.ts';
import { readCheckpointJson } from './read-checkpoint-json.ts';
import { SCHEMES, type SchemeName } from './schemes.ts';
import { sha256 } from './sha256.ts';
import { type WeightError, WeightErrorSum } from './weight-error.ts';

/** Numbers converted at a time: 8 MB of float32, enough to make the reads few and the memory small. */
const PIECE_NUMBERS = 2 ** 21;

export interface ImportOptions {
  readonly scheme: SchemeName;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: Manifest['source'];
  /** Largest weight file, MAX_SHARD_BYTES by default; some hosts take less. */
  readonly maxShardBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Numbers converted so far and in all, and the weight at work. */
  readonly onProgress?: ((done: number, total: number, weight: string) => void) | undefined;
  /** Asks for the error of every weight, told as soon as it is known; the reading back costs a tenth of the time. */
  readonly onWeight?: ((error: WeightError) => void) | undefined;
}

export interface ImportResult {
  readonly manifest: Manifest;
  /** Tensors of the checkpoint that KOSMOS-2 does not have and the package does not hold. */
  readonly extras: readonly string[];
}

/**
 * Turns a checkpoint in the hub's layout into a package. Memory stays at one shard (64 MB) and a few pieces, whatever
 * the size of the model. The manifest is removed first and written last: a folder with a manifest is a whole package.
 * The same input gives the same bytes.
 * @throws AppError CANCELLED, PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID, PACKAGE_WEIGHT_INVALID, CONFIG_INVALID,
 * TENSOR_FILE_INVALID, TENSOR_TRUNCATED, TENSOR_VALUE_INVALID, and what `files` and `sink` throw
 */
export async function importCheckpoint(
  files: CheckpointFiles,
  sink: PackageSink,
  options: ImportOptions,
): Promise<ImportResult> {
  try {
    return await convert(files, sink, options);
  } catch (thrown) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'The import was stopped.', {}, thrown);
    throw toAppError(thrown);
  }
}

async function convert(files: CheckpointFiles, sink: PackageSink, options: ImportOptions): Promise<ImportResult> {
  const { scheme, name, description, licence, source, signal } = options;
  const { config, texts } = await readCheckpointJson(files, signal);
  const checkpoint = await openCheckpoint(files, config, signal);
  const shards = planShards(checkpoint.weights, scheme, options.maxShardBytes);
  await sink.remove(MANIFEST_FILE);

  const records: Record<string, FileRecord> = {};
  async function write(file: string, bytes: Uint8Array): Promise<void> {
    signal?.throwIfAborted();
    await sink.write(file, bytes);
    records[file] = { bytes: bytes.length, sha256: await sha256(bytes) };
  }
  for (const [file, bytes] of texts) await write(file, bytes);
  const meter = new Meter(checkpoint, options);
  for (const shard of shards) await write(shard.name, await fillShard(shard, checkpoint, meter, options));

  const manifest: Manifest = {
    format: 1,
    name,
    description,
    licence,
    source,
    scheme,
    encodings: SCHEMES[scheme],
    files: records,
  };
  signal?.throwIfAborted();
  await sink.write(MANIFEST_FILE, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  return { manifest, extras: checkpoint.extras };
}

/** The bytes of one weight file. */
async function fillShard(
  { layout, blocks }: PlannedShard,
  checkpoint: Checkpoint,
  meter: Meter,
  { signal }: ImportOptions,
): Promise<Uint8Array> {
  const shard = new Uint8Array(layout.byteLength);
  shard.set(layout.header);
  const arrays = new Map(layout.tensors.map((tensor) => [tensor.name, tensor]));
  for (const block of blocks) {
    const { columns } = matrixShape(block.weight.shape);
    const data = viewOf(shard, arrays.get(block.data));
    const scales = block.scales === null ? data.subarray(0, 0) : viewOf(shard, arrays.get(block.scales));
    const step = Math.max(1, Math.floor(PIECE_NUMBERS / columns));
    for (let row = 0; row < block.rows; row += step) {
      const rows = Math.min(step, block.rows - row);
      const values = await checkpoint.readRows(block.weight, block.rowStart + row, rows, signal);
      const part = (bytes: Uint8Array) => {
        const rowBytes = bytes.length / block.rows;
        return bytes.subarray(row * rowBytes, (row + rows) * rowBytes);
      };
      const to = { encoding: block.encoding, columns, data: part(data), scales: part(scales) };
      encodeRows(values, to, block.weight.name, (block.rowStart + row) * columns);
      meter.add(block, row + rows, values, to);
    }
  }
  return shard;
}

function viewOf(shard: Uint8Array, tensor: StoredTensor | undefined): Uint8Array {
  if (!tensor) throw new RangeError('A planned array has no place in its shard.');
  return shard.subarray(tensor.offset, tensor.offset + tensor.byteLength);
}

/** Tells progress and, where asked for, the error of each weight. */
class Meter {
  readonly #options: ImportOptions;
  readonly #total: number;
  #done = 0;
  #error = new WeightErrorSum();

  constructor(checkpoint: Checkpoint, options: ImportOptions) {
    this.#options = options;
    this.#total = checkpoint.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  }

  /** Counts `values`, just stored in `to`; they end before row `end` of `block`. */
  add({ weight, encoding, rowStart }: PlannedBlock, end: number, values: Float32Array, to: EncodedRows): void {
    const { onProgress, onWeight } = this.#options;
    this.#done += values.length;
    onProgress?.(this.#done, this.#total, weight.name);
    if (!onWeight) return;
    this.#error.add(values, decodeRows(to));
    if (rowStart + end < matrixShape(weight.shape).rows) return;
    onWeight(this.#error.result(weight.name, encoding));
    this.#error = new WeightErrorSum();
  }
}
