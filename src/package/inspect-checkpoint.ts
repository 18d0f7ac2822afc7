import { type Kosmos2Config, parseConfig } from '../kosmos2/config.ts';
import type { CheckpointFiles } from './checkpoint-files.ts';
import { JSON_FILES, type JsonFile } from './manifest.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { parseJsonObject } from './parse-json.ts';
import { weightBytes } from './plan-import.ts';
import { missingText, openText } from './read-checkpoint-json.ts';

/** Files that an import makes where a checkpoint has none; of a few hundred bytes. */
const OPTIONAL: ReadonlySet<JsonFile> = new Set<JsonFile>(['generation_config.json', 'tokenizer_config.json']);

/** What a checkpoint is, known from its config and the headers of its weight files. */
export interface CheckpointInspection {
  readonly config: Kosmos2Config;
  /** What config.json calls the model, e.g. `kosmos-2-patch14-224`; null where it does not. */
  readonly name: string | null;
  /** Bytes an import reads. */
  readonly sourceBytes: number;
  /** Bytes of its JSON files, which a package has as they are. */
  readonly textBytes: number;
  /** Names of tensors that KOSMOS-2 does not have; an import leaves them out. */
  readonly extras: readonly string[];
}

/**
 * Looks at a checkpoint before it is imported: reads config.json and the headers of the weight files, a few hundred kB of
 * the official 6.7 GB.
 * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID, PACKAGE_WEIGHT_INVALID; Kosmos2Error CONFIG_INVALID;
 * TensorError TENSOR_FILE_INVALID, TENSOR_TRUNCATED; what `files` throws
 */
export async function inspectCheckpoint(files: CheckpointFiles, signal?: AbortSignal): Promise<CheckpointInspection> {
  const source = await openText(files, 'config.json', signal);
  if (!source) throw missingText('config.json', files);
  const json = parseJsonObject('config.json', await source.read(0, source.size, signal));
  const config = parseConfig(json);
  const checkpoint = await openCheckpoint(files, config, signal);
  let textBytes = source.size;
  for (const name of Object.keys(JSON_FILES) as JsonFile[]) {
    if (name === 'config.json') continue;
    const text = await openText(files, name, signal);
    if (!text && !OPTIONAL.has(name)) throw missingText(name, files);
    textBytes += text?.size ?? 0;
  }
  const { extras } = checkpoint;
  return { config, name: nameIn(json), sourceBytes: textBytes + weightBytes(checkpoint), textBytes, extras };
}

/** transformers notes where a model was loaded from: a repository, or a folder of its author. */
function nameIn({ _name_or_path: path }: Readonly<Record<string, unknown>>): string | null {
  if (typeof path !== 'string') return null;
  return path.split(/[/\\]/).filter(Boolean).at(-1)?.slice(0, 96) ?? null;
}
