import { AppError, toAppError } from '../protocol/errors.ts';
import type { CheckpointFiles } from './checkpoint-files.ts';
import { decodeRows } from './encode-rows.ts';
import { emptyShard, fillPiece, type Piece, piecesOf } from './fill-shard.ts';
import { discardImport, ImportJournal } from './import-journal.ts';
import { ImportMeter, type ImportProgress } from './import-meter.ts';
import { type FileRecord, type Manifest, parseManifest } from './manifest.ts';
import type { PackageSink } from './package-sink.ts';
import { type PlanOptions, planImport } from './plan-import.ts';
import type { PlannedShard } from './plan-shards.ts';
import { readAhead } from './read-ahead.ts';
import { SCHEMES } from './schemes.ts';
import { ErrorReport, type WeightError } from './weight-error.ts';

/** Reads under way at a time, of 8 MB at most: hides the answer time of a far server behind the pieces before it. */
const READS_AHEAD = 6;

/** Hash of a file that is not made yet. */
const UNKNOWN = '0'.repeat(64);

export interface ImportOptions extends PlanOptions {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: Manifest['source'];
  /** Told after every piece. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Also reckons the error of every weight; the reading back costs a tenth of the time. Of an earlier try those files are
   * kept whose errors were reckoned too.
   */
  readonly report?: boolean | undefined;
  /** Called before what lies in the sink is replaced: an import that fails or is stopped sooner leaves it what it was. */
  readonly onReplacing?: (() => Promise<void>) | undefined;
}

export interface ImportResult {
  readonly manifest: Manifest;
  /** Tensors of the checkpoint that KOSMOS-2 does not have and the package does not hold. */
  readonly extras: readonly string[];
  /** The error of every weight, in the order of the files; none where no report was asked for. */
  readonly errors: readonly WeightError[];
}

/**
 * Turns a checkpoint in the hub's layout into a package. Memory stays at one shard (64 MB) and a few pieces, whatever
 * the size of the model. The same input gives the same bytes.
 *
 * A manifest is there only while the package is whole: it is removed first and written last. Until then a journal keeps
 * account of the finished files: the same import started again keeps those whose hashes are right and makes the rest.
 * Another import, or a checkpoint that has changed since, begins anew. `discardImport` gives up for good.
 * @throws AppError CANCELLED, OPTION_INVALID for what a manifest cannot hold, PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID,
 * PACKAGE_WEIGHT_INVALID, CONFIG_INVALID, TOKENIZER_INVALID, TENSOR_FILE_INVALID, TENSOR_TRUNCATED, TENSOR_VALUE_INVALID,
 * and what `files` and `sink` throw
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
    const error = toAppError(thrown);
    // A damaged number will be there at every try: nothing to keep.
    if (error.code === 'TENSOR_VALUE_INVALID') await discardImport(sink);
    throw error;
  }
}

async function convert(files: CheckpointFiles, sink: PackageSink, options: ImportOptions): Promise<ImportResult> {
  const { scheme, signal, report = false } = options;
  const { checkpoint, texts, shards, identity, sourceBytes } = await planImport(files, options);
  const planned = new Map<string, number>([...texts].map(([name, { length }]) => [name, length]));
  for (const { name, layout } of shards) planned.set(name, layout.byteLength);
  checkManifest(options, planned);
  const names = [...planned.keys()];
  const owner = { source: files.location, scheme, identity, files: names };
  const journal = await ImportJournal.open(sink, owner, signal, options.onReplacing);
  const meter = new ImportMeter(checkpoint, sourceBytes, options.onProgress);
  const errors = new ErrorReport();

  const records = new Map<string, FileRecord>();
  const toMake: PlannedShard[] = [];
  for (const shard of shards) {
    signal?.throwIfAborted();
    const kept = await journal.kept(shard.name, signal);
    if (!kept || (report && !kept.errors)) {
      toMake.push(shard);
      continue;
    }
    records.set(shard.name, kept.record);
    errors.restore(shard.name, kept.errors ?? []);
    meter.keep(shard);
  }
  for (const [name, bytes] of texts) records.set(name, await journal.store(name, bytes));

  let bytes: Uint8Array | null = null;
  const read = ({ block, row, rows }: Piece, stop: AbortSignal) =>
    checkpoint.readRows(block.weight, block.rowStart + row, rows, stop);
  for await (const [piece, values] of readAhead(piecesOf(toMake), read, READS_AHEAD, signal)) {
    signal?.throwIfAborted();
    bytes ??= emptyShard(piece.shard);
    const { shard, block, isLast } = piece;
    const stored = fillPiece(bytes, piece, values);
    if (report) errors.add(shard.name, block.weight.name, block.encoding, values, decodeRows(stored));
    meter.add(piece);
    if (!isLast) continue;
    signal?.throwIfAborted();
    const parts = report ? errors.partsOf(shard.name) : null;
    records.set(shard.name, await journal.store(shard.name, bytes, parts));
    bytes = null;
  }

  const manifest = manifestOf(
    options,
    names.map((name) => [name, records.get(name) as FileRecord]),
  );
  signal?.throwIfAborted();
  await journal.finish(new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  return { manifest, extras: checkpoint.extras, errors: report ? errors.result(names) : [] };
}

function manifestOf(options: ImportOptions, files: readonly (readonly [string, FileRecord])[]): Manifest {
  const { name, description, licence, source, scheme, encodings = SCHEMES[scheme] } = options;
  return { format: 1, name, description, licence, source, scheme, encodings, files: Object.fromEntries(files) };
}

/** Finds out before the work whether the package could be read after it. */
function checkManifest(options: ImportOptions, planned: ReadonlyMap<string, number>): void {
  try {
    parseManifest(
      manifestOf(
        options,
        [...planned].map(([name, bytes]) => [name, { bytes, sha256: UNKNOWN }]),
      ),
    );
  } catch (thrown) {
    const { details, message } = toAppError(thrown);
    const { problem = message, ...values } = details;
    const told = `The package could not be read again: ${problem}. Nothing was written; change that and try again.`;
    throw new AppError('OPTION_INVALID', told, values, thrown);
  }
}
