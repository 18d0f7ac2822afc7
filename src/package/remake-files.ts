import { AppError } from '../protocol/errors.ts';
import type { CheckpointFiles } from './checkpoint-files.ts';
import { emptyShard, fillPiece, piecesOf } from './fill-shard.ts';
import { ImportMeter, type ImportProgress } from './import-meter.ts';
import type { JsonFile, Manifest } from './manifest.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import type { PlannedShard } from './plan-shards.ts';
import { isSchemeName } from './schemes.ts';
import { sha256 } from './sha256.ts';

interface RemakeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told in bytes of the checkpoint's weights, those of the other files as kept. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/**
 * Makes some files of an imported package anew, from the checkpoint it was made of, and reads no other weights for it.
 * The same checkpoint gives the same bytes, so every file must have the hash it had.
 * @param names files of the package
 * @throws AppError PACKAGE_FILE_INVALID where a file becomes another than it was, and what planImport and `files` throw
 */
export async function* remakeFiles(
  files: CheckpointFiles,
  { scheme, files: records }: Manifest,
  names: readonly string[],
  { signal, onProgress }: RemakeOptions = {},
): AsyncGenerator<readonly [name: string, bytes: Uint8Array], void, void> {
  if (!isSchemeName(scheme)) throw another(names[0] ?? '', files.location);
  const plan = await planImport(files, { scheme, signal });
  const meter = new ImportMeter(plan.checkpoint, plan.sourceBytes, onProgress);
  for (const shard of plan.shards) if (!names.includes(shard.name)) meter.keep(shard);
  for (const name of names) {
    const bytes = plan.texts.get(name as JsonFile) ?? (await makeShard(plan, name, meter, signal));
    if (!bytes || (await sha256(bytes)) !== records[name]?.sha256) throw another(name, files.location);
    yield [name, bytes];
  }
}

async function makeShard({ checkpoint, shards }: ImportPlan, name: string, meter: ImportMeter, signal?: AbortSignal) {
  const shard = shards.find((planned: PlannedShard) => planned.name === name);
  if (!shard) return null;
  const bytes = emptyShard(shard);
  for (const piece of piecesOf([shard])) {
    const { block, row, rows } = piece;
    fillPiece(bytes, piece, await checkpoint.readRows(block.weight, block.rowStart + row, rows, signal));
    meter.add(piece);
  }
  return bytes;
}

function another(file: string, checkpoint: string): AppError {
  const message = `${file} is damaged, and ${checkpoint} no longer gives the file it was. Import the model again.`;
  return new AppError('PACKAGE_FILE_INVALID', message, { file, checkpoint });
}
