import { AppError, toAppError } from '../protocol/errors.ts';
import { notePhase, phase } from '../protocol/phase.ts';
import type { ByteSource } from '../tensors/byte-source.ts';
import { readSafetensors } from '../tensors/safetensors.ts';
import type { StoredTensor } from '../tensors/weight-index.ts';
import { checkFile } from './check-file.ts';
import {
  type FileRecord,
  JSON_FILES,
  type JsonFile,
  MANIFEST_FILE,
  MAX_MANIFEST_BYTES,
  type Manifest,
  manifestOf,
  packageBytes,
  shardNames,
} from './manifest.ts';
import type { ModelPackage, PackageFiles, ReadOptions, Shard } from './model-package.ts';
import { parseModelJson } from './parse-model-json.ts';
import { readWeightIndex } from './read-weight-index.ts';

/** Enough to keep a connection busy while another file is hashed; more would only hold more half-read files. */
const PARALLEL_READS = 4;

/** A stored package up to this size is read into memory while it opens; of a bigger one, parts are read as they are needed. */
export const MOST_IN_MEMORY = 256_000_000;

export interface OpenPackageOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes received so far and bytes of the whole package, manifest left out. */
  readonly onProgress?: ((received: number, total: number) => void) | undefined;
}

/**
 * Opens a package: its manifest, then its files, each checked against the length and hash written there, then everything
 * in them. Weights stay where they are if they can be read part by part there, else they are read into memory.
 * @throws AppError CANCELLED, INSECURE_CONTEXT, PACKAGE_VERSION_UNKNOWN, PACKAGE_MANIFEST_INVALID, PACKAGE_FILE_MISSING,
 * PACKAGE_FILE_INVALID, PACKAGE_FETCH_FAILED, PACKAGE_WEIGHT_INVALID, CONFIG_INVALID, TOKENIZER_INVALID, TENSOR_FILE_INVALID,
 * TENSOR_TRUNCATED
 */
export async function openPackage(files: PackageFiles, options: OpenPackageOptions = {}): Promise<ModelPackage> {
  try {
    return await readPackage(files, options);
  } catch (thrown) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'Opening the model was stopped.', {}, thrown);
    throw toAppError(thrown);
  }
}

async function readPackage(files: PackageFiles, { signal, onProgress }: OpenPackageOptions): Promise<ModelPackage> {
  const manifestBytes = await files.read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES, signal });
  const manifest = manifestOf(manifestBytes);
  const { texts, shards } = await phase('files', () => readFiles(files, manifest, { signal, onProgress }));

  const json = await phase('json', () => parseModelJson((name) => texts.get(name) as Uint8Array));
  const began = performance.now();
  const stored: StoredTensor[] = [];
  for (const name of shardNames(manifest)) {
    const tensors = await readSafetensors(sourceOf(name, shards.get(name) as Shard), signal);
    stored.push(...tensors.values());
  }
  const weights = readWeightIndex(stored, json.config);
  notePhase('index', began);
  return { manifest, ...json, weights, shards };
}

interface ReadFiles {
  readonly texts: ReadonlyMap<JsonFile, Uint8Array>;
  readonly shards: ReadonlyMap<string, Shard>;
}

/** All files of the manifest, a few at a time; the first failure ends the other reads. */
async function readFiles(
  files: PackageFiles,
  manifest: Manifest,
  { signal, onProgress }: OpenPackageOptions,
): Promise<ReadFiles> {
  const total = packageBytes(manifest);
  const inMemory = total <= MOST_IN_MEMORY;
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const texts = new Map<JsonFile, Uint8Array>();
  const shards = new Map<string, Shard>();
  const received = new Map<string, number>();
  // Small files first: a wrong configuration shows before the long download.
  const queue = [...Object.keys(JSON_FILES), ...shardNames(manifest)];

  async function readNext(): Promise<void> {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const current = name;
      const record = manifest.files[current] as FileRecord;
      const progress = (count: number) => {
        received.set(current, count);
        onProgress?.(
          [...received.values()].reduce((sum, value) => sum + value, 0),
          total,
        );
      };
      const options = { signal: either, onProgress: progress };
      if (isJsonFile(current)) texts.set(current, await readChecked(files, current, record, options));
      else if (files.open) shards.set(current, await files.open(current, record, inMemory, options));
      else shards.set(current, await readChecked(files, current, record, options));
      either.throwIfAborted();
    }
  }

  try {
    await Promise.all(Array.from({ length: PARALLEL_READS }, readNext));
  } catch (thrown) {
    failed.abort();
    throw thrown;
  }
  return { texts, shards };
}

async function readChecked(
  files: PackageFiles,
  name: string,
  record: FileRecord,
  options: Omit<ReadOptions, 'maxBytes'>,
): Promise<Uint8Array> {
  const bytes = await files.read(name, { maxBytes: record.bytes, ...options });
  await checkFile(files.location, name, bytes, record);
  return bytes;
}

function isJsonFile(name: string): name is JsonFile {
  return Object.hasOwn(JSON_FILES, name);
}

function sourceOf(name: string, shard: Shard): ByteSource {
  return {
    name,
    size: shard.byteLength,
    read: async (offset, length) => shard.subarray(offset, offset + length),
  };
}
