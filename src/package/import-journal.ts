import { AppError } from '../protocol/errors.ts';
import {
  type FileRecord,
  isPackageFile,
  MANIFEST_FILE,
  MAX_MANIFEST_BYTES,
  MAX_SHARD_BYTES,
  manifestOf,
} from './manifest.ts';
import type { PackageFiles } from './model-package.ts';
import type { PackageSink } from './package-sink.ts';
import { parseJsonObject } from './parse-json.ts';
import { sha256 } from './sha256.ts';
import type { ErrorPart } from './weight-error.ts';

/** Lies beside the files of a package that is not finished; gone once the manifest is there. */
export const JOURNAL_FILE = 'import.json';

const MAX_JOURNAL_BYTES = 1_000_000;

/** A file that is whole; `errors` where those of its weights were reckoned. */
interface Finished extends FileRecord {
  readonly errors?: readonly ErrorPart[];
}

/** A file of an earlier try, as it was recorded. */
export interface KeptFile {
  readonly record: FileRecord;
  /** Errors of the weights in it; null where nobody asked for them. */
  readonly errors: readonly ErrorPart[] | null;
}

/** What an import has done so far. */
interface JournalText {
  readonly format: 1;
  /** For people: what is being made. */
  readonly source: string;
  readonly scheme: string;
  /** Everything the bytes of the shards depend on, hashed: only an import of the same identity may go on. */
  readonly identity: string;
  /** Files that are whole. */
  readonly finished: Readonly<Record<string, Finished>>;
  /** Other files that belong to the import and may be there, half written, old or not at all. */
  readonly unfinished: readonly string[];
}

/** What the journal says about the import it belongs to. */
export interface JournalOwner {
  readonly source: string;
  readonly scheme: string;
  readonly identity: string;
  /** Names of all files the package will have, the manifest left out. */
  readonly files: readonly string[];
}

/** Keeps account of finished files, so that an import that was killed goes on where it was. */
export class ImportJournal {
  readonly #sink: PackageSink;
  readonly #owner: JournalOwner;
  readonly #finished: Map<string, Finished>;

  private constructor(sink: PackageSink, owner: JournalOwner, finished: Map<string, Finished>) {
    this.#sink = sink;
    this.#owner = owner;
    this.#finished = finished;
  }

  /**
   * Goes on with the import whose journal lies in the sink if it is the same, else begins anew. From here on there is no
   * manifest; files of an older package or of another import are removed.
   * @param onReplacing called before the manifest goes: until then whatever lies there is what it was
   */
  static async open(
    sink: PackageSink,
    owner: JournalOwner,
    signal?: AbortSignal,
    onReplacing: () => Promise<void> = async () => {},
  ) {
    const old = await readJournal(sink, signal);
    const stale = new Set([...namesOf(old), ...(await manifestNames(sink, signal))]);
    for (const name of owner.files) stale.delete(name);
    const finished = Object.entries(old?.identity === owner.identity ? old.finished : {}).filter(([name]) =>
      owner.files.includes(name),
    );
    const journal = new ImportJournal(sink, owner, new Map(finished));
    // Written before anything is removed: whenever this ends, the next try knows every file that is ours.
    await journal.#write([...stale]);
    await onReplacing();
    await sink.remove(MANIFEST_FILE);
    for (const name of stale) await sink.remove(name);
    return journal;
  }

  /** A file that an earlier try finished and that still has the bytes it had then; null for any other. */
  async kept(name: string, signal?: AbortSignal): Promise<KeptFile | null> {
    const finished = this.#finished.get(name);
    if (!finished) return null;
    const { errors = null, ...record } = finished;
    const bytes = await readIfThere(this.#sink, name, record.bytes, signal);
    if (bytes?.length === record.bytes && (await sha256(bytes)) === record.sha256) return { record, errors };
    this.#finished.delete(name);
    return null;
  }

  /** Stores a file and, once it is whole, the fact, with the errors of its weights where they were reckoned. */
  async store(name: string, bytes: Uint8Array, errors: readonly ErrorPart[] | null = null): Promise<FileRecord> {
    const record = { bytes: bytes.length, sha256: await sha256(bytes) };
    await this.#sink.write(name, bytes);
    this.#finished.set(name, errors ? { ...record, errors } : record);
    await this.#write();
    return record;
  }

  /** The package is whole: the manifest makes it one, the journal has done its duty. */
  async finish(manifest: Uint8Array): Promise<void> {
    await this.#sink.write(MANIFEST_FILE, manifest);
    await this.#sink.remove(JOURNAL_FILE);
  }

  #write(stale: readonly string[] = []): Promise<void> {
    const { files, ...owner } = this.#owner;
    const unfinished = [...files.filter((name) => !this.#finished.has(name)), ...stale];
    const text: JournalText = { format: 1, ...owner, finished: Object.fromEntries(this.#finished), unfinished };
    return this.#sink.write(JOURNAL_FILE, new TextEncoder().encode(`${JSON.stringify(text, null, 2)}\n`));
  }
}

/** Whether an import that did not finish lies here: started again, it goes on. */
export async function hasUnfinishedImport(files: PackageFiles): Promise<boolean> {
  return (await readJournal(files)) !== null;
}

/** Whether a package lies here, finished or not. */
export async function holdsPackage(sink: PackageSink): Promise<boolean> {
  return (await manifestNames(sink)).length > 0 || (await hasUnfinishedImport(sink));
}

/** Removes what an import that did not finish has left, if there is one. */
export async function discardImport(sink: PackageSink): Promise<void> {
  const journal = await readJournal(sink);
  if (!journal) return;
  await sink.remove(MANIFEST_FILE);
  for (const name of namesOf(journal)) await sink.remove(name);
  await sink.remove(JOURNAL_FILE);
}

/** The journal, or null where there is none, or none that can be understood: then there is nothing to go on with. */
async function readJournal(files: PackageFiles, signal?: AbortSignal): Promise<JournalText | null> {
  const bytes = await readIfThere(files, JOURNAL_FILE, MAX_JOURNAL_BYTES, signal);
  if (!bytes) return null;
  try {
    const { format, source, scheme, identity, finished, unfinished } = parseJsonObject(JOURNAL_FILE, bytes);
    if (format !== 1 || typeof identity !== 'string' || !isObject(finished) || !Array.isArray(unfinished)) return null;
    // The names are removed some day: a journal from elsewhere must not point at anything but files of a package.
    const records = Object.entries(finished).flatMap(([file, value]) => {
      const record = parseFinished(file, value);
      return record ? [[file, record] as const] : [];
    });
    return {
      format,
      source: String(source),
      scheme: String(scheme),
      identity,
      finished: Object.fromEntries(records),
      unfinished: unfinished.filter(isPackageFile),
    };
  } catch {
    return null;
  }
}

function namesOf(journal: JournalText | null): string[] {
  return journal ? [...Object.keys(journal.finished), ...journal.unfinished] : [];
}

/** Files of the package that lies in the sink, if one does. */
async function manifestNames(sink: PackageSink, signal?: AbortSignal): Promise<string[]> {
  const bytes = await readIfThere(sink, MANIFEST_FILE, MAX_MANIFEST_BYTES, signal);
  if (!bytes) return [];
  try {
    return Object.keys(manifestOf(bytes).files);
  } catch {
    // Not one of ours: whatever lies beside it may belong to somebody else.
    return [];
  }
}

async function readIfThere(
  files: PackageFiles,
  name: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    return await files.read(name, { maxBytes, signal });
  } catch (thrown) {
    const code = thrown instanceof AppError ? thrown.code : null;
    if (code === 'PACKAGE_FILE_MISSING' || code === 'PACKAGE_FILE_INVALID') return null;
    throw thrown;
  }
}

function parseFinished(name: string, value: unknown): Finished | null {
  if (!isPackageFile(name) || !isObject(value)) return null;
  const { bytes, sha256, errors } = value;
  if (typeof bytes !== 'number' || bytes > MAX_SHARD_BYTES || typeof sha256 !== 'string') return null;
  const record = { bytes, sha256 };
  return Array.isArray(errors) && errors.every(isErrorPart) ? { ...record, errors } : record;
}

function isErrorPart(value: unknown): value is ErrorPart {
  if (!isObject(value)) return false;
  const { name, encoding, squares, differences, maxAbs } = value;
  const numbers = [squares, differences, maxAbs].every((number) => typeof number === 'number' && number >= 0);
  return typeof name === 'string' && typeof encoding === 'string' && numbers;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
