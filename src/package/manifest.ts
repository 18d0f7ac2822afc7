import { shown } from '../kosmos2/shown.ts';
import { AppError } from '../protocol/errors.ts';
import type { Encoding } from '../tensors/weight-index.ts';
import { parseJsonObject } from './parse-json.ts';

/** `manifest.json`: what a package is and what its files must be. */
export interface Manifest {
  /** Version of the package format. */
  readonly format: 1;
  readonly name: string;
  /** One sentence for people: what this model knows. */
  readonly description: string;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** Where the weights came from, e.g. `microsoft/kosmos-2-patch14-224` and the revision. */
  readonly source: { readonly repository: string; readonly revision: string | null };
  /** Name of the quantization scheme, e.g. `q4`. */
  readonly scheme: string;
  /** Encoding of each tensor group under that scheme. */
  readonly encodings: Encodings;
  /** Every other file of the package. */
  readonly files: Readonly<Record<string, FileRecord>>;
}

/** What a file must be: its length and the hash of its bytes in lower-case hex. */
export interface FileRecord {
  readonly bytes: number;
  readonly sha256: string;
}

/** Groups of weights that a scheme treats alike. */
export type TensorGroup = 'decoder' | 'embedding' | 'vision' | 'projection' | 'float';

/** How each group of weights is stored. */
export type Encodings = Readonly<Record<TensorGroup, Encoding>>;

export const MANIFEST_FILE = 'manifest.json';
export const MAX_MANIFEST_BYTES = 1_000_000;

/** Largest weight shard, header included: some static hosts refuse files over 100 MB, others over 64 MB. */
export const MAX_SHARD_BYTES = 64_000_000;

/** 512 full shards are 32 GB, five times the checkpoint in float32. */
const MAX_SHARDS = 512;
const MAX_TEXT = 2000;

/** The files every package has besides its shards, with the most bytes each may have. */
export const JSON_FILES = {
  'config.json': 1_000_000,
  'preprocessor_config.json': 1_000_000,
  'generation_config.json': 1_000_000,
  // The official one, 65,037 tokens, is 5 MB.
  'tokenizer.json': 64_000_000,
  'tokenizer_config.json': 1_000_000,
} as const;

export type JsonFile = keyof typeof JSON_FILES;

/** Name of shard `number` (from 1) of `count`, as on the Hugging Face hub. */
export function shardName(number: number, count: number): string {
  const digits = (value: number) => String(value).padStart(5, '0');
  return `model-${digits(number)}-of-${digits(count)}.safetensors`;
}

/** Whether a package may have a file of this name besides its manifest. */
export function isPackageFile(name: unknown): name is string {
  return (
    typeof name === 'string' && (Object.hasOwn(JSON_FILES, name) || /^model-\d{5}-of-\d{5}\.safetensors$/.test(name))
  );
}

/** Bytes of all files of a package, its manifest left out. */
export function packageBytes({ files }: Manifest): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Beginnings of the hashes of all files: another text for every other package. */
export function contentsOf({ files }: Manifest): string {
  return Object.values(files)
    .map(({ sha256 }) => sha256.slice(0, 8))
    .join('');
}

/** Names of the weight shards of a package, in order. */
export function shardNames(manifest: Manifest): string[] {
  return Object.keys(manifest.files)
    .filter((name) => !Object.hasOwn(JSON_FILES, name))
    .sort();
}

/** The manifest in a file's bytes. @throws AppError PACKAGE_VERSION_UNKNOWN, PACKAGE_MANIFEST_INVALID */
export function manifestOf(bytes: Uint8Array): Manifest {
  return parseManifest(parseJsonObject(MANIFEST_FILE, bytes, 'PACKAGE_MANIFEST_INVALID'));
}

/**
 * Checks the parsed text of a manifest. A package has exactly the five JSON files and shards 1 to M of M, so no name in
 * it can lead out of its folder.
 * @throws AppError PACKAGE_VERSION_UNKNOWN, PACKAGE_MANIFEST_INVALID
 */
export function parseManifest(json: unknown): Manifest {
  const manifest = record(json, 'it');
  const { format } = manifest;
  if (format !== 1) {
    const message = `The package has format ${shown(format)}, this program reads format 1. Update the program, or import the model again.`;
    throw new AppError('PACKAGE_VERSION_UNKNOWN', message, { format: shown(format) });
  }
  const source = record(manifest.source, 'source');
  const { revision } = source;
  return {
    format,
    name: text(manifest.name, 'name'),
    description: text(manifest.description, 'description'),
    licence: text(manifest.licence, 'licence'),
    source: {
      repository: text(source.repository, 'source.repository'),
      revision: revision === null ? null : text(revision, 'source.revision'),
    },
    scheme: text(manifest.scheme, 'scheme'),
    encodings: parseEncodings(record(manifest.encodings, 'encodings')),
    files: parseFiles(record(manifest.files, 'files')),
  };
}

function parseEncodings(json: Record<string, unknown>): Encodings {
  const encoding = (group: TensorGroup, allowed: readonly Encoding[] = ['f32', 'f16', 'q8', 'q4']): Encoding => {
    const found = allowed.find((name) => name === json[group]);
    if (!found) throw invalid(`encodings.${group} is ${shown(json[group])}, not one of ${allowed.join(', ')}`);
    return found;
  };
  return {
    decoder: encoding('decoder'),
    embedding: encoding('embedding'),
    vision: encoding('vision'),
    projection: encoding('projection'),
    float: encoding('float', ['f32', 'f16']),
  };
}

function parseFiles(json: Record<string, unknown>): Record<string, FileRecord> {
  const names = Object.keys(json);
  const count = names.length - Object.keys(JSON_FILES).length;
  if (count < 1 || count > MAX_SHARDS) {
    throw invalid(`it lists ${names.length} files, not five JSON files and 1 to ${MAX_SHARDS} shards`);
  }
  const files: Record<string, FileRecord> = {};
  for (const [name, maxBytes] of Object.entries(JSON_FILES)) files[name] = parseFile(name, json[name], maxBytes);
  for (let number = 1; number <= count; number++) {
    const name = shardName(number, count);
    files[name] = parseFile(name, json[name], MAX_SHARD_BYTES);
  }
  return files;
}

function parseFile(name: string, json: unknown, maxBytes: number): FileRecord {
  if (json === undefined) throw invalid(`it does not list ${name}`);
  const { bytes, sha256 } = record(json, `files["${name}"]`);
  if (!(typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0 && bytes <= maxBytes)) {
    throw invalid(`${name} has ${shown(bytes)} bytes, not 1 to ${maxBytes}`);
  }
  if (!(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256))) {
    throw invalid(`the sha256 of ${name} is ${shown(sha256)}, not 64 hexadecimal digits`);
  }
  return { bytes, sha256 };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(`${what} is ${shown(value)}, not an object`);
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw invalid(`${what} is ${shown(value)}, not a text`);
  const { length } = value;
  if (length <= MAX_TEXT) return value;
  const details = { field: what, length, limit: MAX_TEXT };
  throw invalid(`${what} has ${length} characters, more than the ${MAX_TEXT} it may have`, details);
}

function invalid(what: string, details: Record<string, unknown> = {}): AppError {
  const message = `${MANIFEST_FILE} is not sound: ${what}. Import the model again.`;
  return new AppError('PACKAGE_MANIFEST_INVALID', message, { ...details, problem: what });
}
