import type { PackageSink } from '../package/package-sink.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { AppError } from '../protocol/errors.ts';
import type { CheckpointSource } from '../protocol/importer-messages.ts';

/** Lies beside the files of a stored model: where damaged ones can be had again. */
const ORIGIN_FILE = 'origin.json';
const MAX_ORIGIN_BYTES = 10_000;

/** Where a stored model came from. */
export type StoredOrigin =
  /** A ready package in a folder of the web. */
  | { readonly kind: 'package'; readonly url: string }
  /** A checkpoint it was made of; `source` is null for files of a person, which cannot be asked for again. */
  | {
      readonly kind: 'checkpoint';
      readonly source: Exclude<CheckpointSource, { kind: 'files' }> | null;
      /** That of the plan it was made by: the same checkpoint in the same state. */
      readonly identity: string;
    };

export async function writeOrigin(sink: PackageSink, origin: StoredOrigin): Promise<void> {
  await sink.write(ORIGIN_FILE, new TextEncoder().encode(JSON.stringify(origin)));
}

/** From here on it is not known where the model came from. */
export async function forgetOrigin(sink: PackageSink): Promise<void> {
  await sink.remove(ORIGIN_FILE);
}

/** Where the model came from; null where that is not known. */
export async function readOrigin(sink: PackageSink): Promise<StoredOrigin | null> {
  try {
    return parseOrigin(parseJsonObject(ORIGIN_FILE, await sink.read(ORIGIN_FILE, { maxBytes: MAX_ORIGIN_BYTES })));
  } catch (thrown) {
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

function parseOrigin({ kind, url, source, identity }: Record<string, unknown>): StoredOrigin | null {
  if (kind === 'checkpoint' && typeof identity === 'string') return { kind, source: parseSource(source), identity };
  // Written by versions that knew packages alone, without a kind.
  return kind !== 'checkpoint' && isAddress(url) ? { kind: 'package', url } : null;
}

function parseSource(source: unknown): Extract<StoredOrigin, { kind: 'checkpoint' }>['source'] {
  const { kind, url, name, endpoint } = (source ?? {}) as Record<string, unknown>;
  if (kind === 'site' && isAddress(url)) return { kind, url };
  if (kind !== 'hub' || typeof name !== 'string') return null;
  return { kind, name, ...(isAddress(endpoint) && { endpoint }) };
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value);
}
