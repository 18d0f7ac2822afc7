import { AppError, toAppError } from '../protocol/errors.ts';
import { bytesSource } from '../tensors/byte-source.ts';
import { readSafetensors } from '../tensors/safetensors.ts';
import type { StoredTensor } from '../tensors/weight-index.ts';
import {
  type FileRecord,
  JSON_FILES,
  MANIFEST_FILE,
  MAX_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
  shardNames,
} from './manifest.ts';
import type { ModelPackage, PackageFiles } from './model-package.ts';
import { parseJsonObject } from './parse-json.ts';
import { parseModelJson } from './parse-model-json.ts';
import { readWeightIndex } from './read-weight-index.ts';
import { sha256 } from './sha256.ts';

/** Enough to keep a connection busy while another file is hashed; more would only hold more half-read files. */
const PARALLEL_READS = 4;

export interface OpenPackageOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes received so far and bytes of the whole package, manifest left out. */
  readonly onProgress?: ((received: number, total: number) => void) | undefined;
}

/**
 * Reads a package whole: its manifest, then its files, each checked against the length and hash written there, then
 * everything in them.
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
  const manifest = parseManifest(parseJsonObject(MANIFEST_FILE, manifestBytes, 'PACKAGE_MANIFEST_INVALID'));
  const bytes = await readFiles(files, manifest, { signal, onProgress });

  const bytesOf = (name: string) => bytes.get(name) as Uint8Array;
  const json = parseModelJson(bytesOf);
  const shards = new Map<string, Uint8Array>();
  const stored: StoredTensor[] = [];
  for (const name of shardNames(manifest)) {
    shards.set(name, bytesOf(name));
    stored.push(...(await readSafetensors(bytesSource(name, bytesOf(name)), signal)).tensors.values());
  }
  return { manifest, ...json, weights: readWeightIndex(stored, json.config), shards };
}

/** All files of the manifest, a few at a time; the first failure ends the other reads. */
async function readFiles(
  files: PackageFiles,
  manifest: Manifest,
  { signal, onProgress }: OpenPackageOptions,
): Promise<Map<string, Uint8Array>> {
  const total = Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const result = new Map<string, Uint8Array>();
  const received = new Map<string, number>();
  // Small files first: a wrong configuration shows before the long download.
  const queue = [...Object.keys(JSON_FILES), ...shardNames(manifest)];

  async function readNext(): Promise<void> {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const current = name;
      const record = manifest.files[current] as FileRecord;
      const bytes = await files.read(current, {
        maxBytes: record.bytes,
        signal: either,
        onProgress(count) {
          received.set(current, count);
          onProgress?.(
            [...received.values()].reduce((sum, value) => sum + value, 0),
            total,
          );
        },
      });
      await checkFile(files.location, current, bytes, record);
      either.throwIfAborted();
      result.set(current, bytes);
    }
  }

  try {
    await Promise.all(Array.from({ length: PARALLEL_READS }, readNext));
  } catch (thrown) {
    failed.abort();
    throw thrown;
  }
  return result;
}

async function checkFile(location: string, file: string, bytes: Uint8Array, expected: FileRecord): Promise<void> {
  const next = 'Get the package again, or import the model again.';
  if (bytes.length !== expected.bytes) {
    const message = `${file} in ${location} has ${bytes.length} bytes, its manifest says ${expected.bytes}. ${next}`;
    throw new AppError('PACKAGE_FILE_INVALID', message, { file, expected: expected.bytes, actual: bytes.length });
  }
  const hash = await sha256(bytes);
  if (hash !== expected.sha256) {
    const message = `${file} in ${location} is damaged: its SHA-256 is ${hash}, its manifest says ${expected.sha256}. ${next}`;
    throw new AppError('PACKAGE_FILE_INVALID', message, { file, expected: expected.sha256, actual: hash });
  }
}
