import { matrixShape } from '../tensors/shape.ts';
import type { CheckpointFiles } from './checkpoint-files.ts';
import type { ExpectedWeight } from './expected-weights.ts';
import type { Encodings, JsonFile } from './manifest.ts';
import { type Checkpoint, openCheckpoint } from './open-checkpoint.ts';
import { type PlannedShard, planShards } from './plan-shards.ts';
import { readCheckpointJson } from './read-checkpoint-json.ts';
import { SCHEMES, type SchemeName } from './schemes.ts';
import { sha256 } from './sha256.ts';

/** Raised whenever the same checkpoint and scheme give other bytes than before: shards of two makers must not mix. */
const MAKER = 2;

export interface PlanOptions {
  readonly scheme: SchemeName;
  /** In place of the scheme's own, to try others out. */
  readonly encodings?: Encodings | undefined;
  /** Largest weight file, MAX_SHARD_BYTES by default; some hosts take less. */
  readonly maxShardBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an import will read and write; only headers and JSON files were read to know it. */
export interface ImportPlan {
  readonly checkpoint: Checkpoint;
  /** The JSON files of the package. */
  readonly texts: ReadonlyMap<JsonFile, Uint8Array>;
  readonly shards: readonly PlannedShard[];
  /** Bytes of weights that will be read. */
  readonly sourceBytes: number;
  /** Bytes of the package, manifest left out. */
  readonly packageBytes: number;
  /** Hash of everything the bytes of the shards depend on. */
  readonly identity: string;
}

/**
 * Looks at a checkpoint and plans the package to be made of it.
 * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID, PACKAGE_WEIGHT_INVALID; Kosmos2Error CONFIG_INVALID,
 * TOKENIZER_INVALID; TensorError TENSOR_FILE_INVALID, TENSOR_TRUNCATED; what `files` throws
 */
export async function planImport(files: CheckpointFiles, options: PlanOptions): Promise<ImportPlan> {
  const { scheme, encodings = SCHEMES[scheme], maxShardBytes, signal } = options;
  const { config, texts } = await readCheckpointJson(files, signal);
  const checkpoint = await openCheckpoint(files, config, signal);
  const shards = planShards(checkpoint.weights, encodings, maxShardBytes);
  const hashes = await Promise.all([...texts].map(async ([name, bytes]) => [name, await sha256(bytes)]));
  const state = JSON.stringify([
    MAKER,
    options.encodings ? [scheme, encodings] : scheme,
    shards.map(({ name, layout }) => [name, layout.byteLength]),
    hashes,
    files.location,
    checkpoint.state,
  ]);
  const textBytes = [...texts.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    checkpoint,
    texts,
    shards,
    sourceBytes: weightBytes(checkpoint),
    packageBytes: textBytes + bytesOf(shards),
    identity: await sha256(new TextEncoder().encode(state)),
  };
}

/** Bytes of all weights, as a checkpoint stores them. */
export function weightBytes({ weights, rowBytes }: Checkpoint): number {
  return weights.reduce((sum, weight) => sum + matrixShape(weight.shape).rows * rowBytes(weight), 0);
}

/** Bytes of the weight files that a package of these weights has under a scheme. */
export function shardBytes(weights: Iterable<ExpectedWeight>, scheme: SchemeName): number {
  return bytesOf(planShards(weights, SCHEMES[scheme]));
}

function bytesOf(shards: readonly PlannedShard[]): number {
  return shards.reduce((sum, { layout }) => sum + layout.byteLength, 0);
}
