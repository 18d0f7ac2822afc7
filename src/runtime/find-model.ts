import { type Kosmos2Config, parseConfig } from '../kosmos2/config.ts';
import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { expectedWeights } from '../package/expected-weights.ts';
import { hasUnfinishedImport, JOURNAL_FILE } from '../package/import-journal.ts';
import { inspectCheckpoint } from '../package/inspect-checkpoint.ts';
import { JSON_FILES, MANIFEST_FILE, MAX_MANIFEST_BYTES, manifestOf, packageBytes } from '../package/manifest.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { planImport, shardBytes } from '../package/plan-import.ts';
import { SCHEMES } from '../package/schemes.ts';
import { sha256 } from '../package/sha256.ts';
import { AppError } from '../protocol/errors.ts';
import type { CheckpointSource, PackageSource } from '../protocol/importer-messages.ts';
import {
  type ModelChoice,
  type ModelInspection,
  OFFERED_SCHEMES,
  OFFICIAL_REPOSITORY,
} from '../protocol/inspection.ts';
import { checkpointOf, type OpenCheckpoint } from '../storage/checkpoint-source.ts';
import { chosenPackage } from '../storage/file-list.ts';
import { isRefusal } from '../storage/remote-checkpoint.ts';
import { remotePackage } from '../storage/remote-package.ts';
import { sizeOf } from '../tensors/shape.ts';
import type { PackageSize } from './requirements.ts';

/** What a place holds, whatever the device. */
export type FoundModel = Omit<ModelInspection, 'choices' | 'free' | 'memory'> & {
  readonly config: Kosmos2Config;
  /** What it takes, stored in each of the ways it can be. */
  readonly sizes: readonly [SchemeSize, ...SchemeSize[]];
};

/** One way to store it. */
export type SchemeSize = PackageSize & Pick<ModelChoice, 'scheme' | 'identity'>;

type PackedSize = SchemeSize & { readonly scheme: (typeof OFFERED_SCHEMES)[number] };
type Packed = readonly [PackedSize, ...PackedSize[]];

/** Of the official checkpoint: its weights are float32, the JSON files beside them take about 5 MB. */
const OFFICIAL_NUMBER_BYTES = 4;
const OFFICIAL_TEXT_BYTES = 5_000_000;

/** The official checkpoint, as it has been since 2023; nobody is asked. */
export function officialModel(): FoundModel {
  const config = parseConfig({ model_type: 'kosmos-2' });
  const numbers = [...expectedWeights(config)].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return {
    way: { kind: 'import', source: { kind: 'hub', name: `hf:${OFFICIAL_REPOSITORY}` } },
    name: OFFICIAL_REPOSITORY.split('/')[1] ?? null,
    description: '',
    licence: 'MIT',
    repository: OFFICIAL_REPOSITORY,
    sourceBytes: numbers * OFFICIAL_NUMBER_BYTES + OFFICIAL_TEXT_BYTES,
    extras: [],
    config,
    sizes: packed(config, OFFICIAL_TEXT_BYTES),
  };
}

/**
 * Finds a ready package at a place, or else a checkpoint.
 * @throws what inspectModel throws
 */
export async function findModel(source: CheckpointSource, signal?: AbortSignal): Promise<FoundModel> {
  const place = await checkpointOf(source, signal);
  const copied: PackageSource | null =
    place.web === null ? (source.kind === 'files' ? source : null) : { kind: 'site', url: place.web };
  return (copied && (await findPackage(copied, signal))) ?? (await findCheckpoint(place, source, signal));
}

async function findPackage(source: PackageSource, signal?: AbortSignal): Promise<FoundModel | null> {
  const files = source.kind === 'site' ? remotePackage(source.url) : chosenPackage(source.files);
  // Some servers refuse what is not there, and a hub refuses what needs a token, which is sent for checkpoints only: so a
  // refusal says nothing yet, and the checkpoint is asked for.
  const read = await files.read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES, signal }).catch((thrown) => {
    if (source.kind === 'site' && isRefusal(thrown)) return null;
    return nullIfMissing(thrown);
  });
  if (!read) {
    if (source.kind === 'files' && (await hasUnfinishedImport(files))) throw unfinished();
    return null;
  }
  const manifest = manifestOf(read);
  const identity = source.kind === 'files' ? await sha256(read) : null;
  const configBytes = await files.read('config.json', { maxBytes: JSON_FILES['config.json'], signal });
  const config = parseConfig(parseJsonObject('config.json', configBytes));
  const { name, description, licence, scheme, encodings } = manifest;
  const bytes = packageBytes(manifest);
  return {
    way: { kind: 'copy', source },
    name,
    description,
    licence,
    repository: manifest.source.repository,
    sourceBytes: bytes,
    extras: [],
    config,
    sizes: [{ scheme, identity, bytes, encodings }],
  };
}

/** What was not exported or imported to its end looks like a checkpoint that lacks files. */
function unfinished(): AppError {
  const message = `The chosen files are an unfinished model: its export or import was stopped (${JOURNAL_FILE} is there, ${MANIFEST_FILE} is not). Repeat that into the same folder to finish it, then choose it.`;
  return new AppError('PACKAGE_FILE_MISSING', message, { file: MANIFEST_FILE, unfinished: JOURNAL_FILE });
}

async function findCheckpoint(
  { files, origin, licence }: OpenCheckpoint,
  source: CheckpointSource,
  signal?: AbortSignal,
): Promise<FoundModel> {
  if (!(await files.open('config.json', signal))) {
    const { location } = files;
    const message = `There is neither a ready model (${MANIFEST_FILE}) nor a checkpoint (config.json) in ${location}. Check the address, or choose another folder.`;
    throw new AppError('PACKAGE_FILE_MISSING', message, { place: location });
  }
  const { config, name, sourceBytes, textBytes, extras } = await inspectCheckpoint(files, signal);
  const sizes = packed(config, textBytes);
  return {
    way: { kind: 'import', source },
    name,
    description: '',
    licence,
    repository: origin.repository,
    sourceBytes,
    extras,
    config,
    sizes: source.kind === 'files' ? await identified(files, sizes, signal) : sizes,
  };
}

/** Folders of a device have one name and hold many models: what is made of each is told by what lies in it. */
async function identified(files: CheckpointFiles, [first, ...others]: Packed, signal?: AbortSignal): Promise<Packed> {
  const told = async (size: PackedSize) => {
    return { ...size, identity: (await planImport(files, { scheme: size.scheme, signal })).identity };
  };
  return [await told(first), ...(await Promise.all(others.map(told)))];
}

/** What a checkpoint takes, packed in each of the ways that are offered. */
function packed(config: Kosmos2Config, textBytes: number): Packed {
  const weights = [...expectedWeights(config)];
  const size = (scheme: (typeof OFFERED_SCHEMES)[number]) => {
    return { scheme, identity: null, bytes: textBytes + shardBytes(weights, scheme), encodings: SCHEMES[scheme] };
  };
  const [first, ...others] = OFFERED_SCHEMES;
  return [size(first), ...others.map(size)];
}

function nullIfMissing(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === 'PACKAGE_FILE_MISSING') return null;
  throw thrown;
}
