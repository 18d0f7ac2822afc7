import type { Kosmos2Config } from '../kosmos2/config.ts';
import { AppError } from '../protocol/errors.ts';
import type { ByteSource } from '../tensors/byte-source.ts';
import { BYTES_PER_ELEMENT } from '../tensors/dtype.ts';
import { bfloatsToFloats, halvesToFloats } from '../tensors/float16.ts';
import { readSafetensors } from '../tensors/safetensors.ts';
import { matrixShape } from '../tensors/shape.ts';
import { asFloat32, asUint16 } from '../tensors/typed-view.ts';
import type { StoredTensor } from '../tensors/weight-index.ts';
import type { CheckpointFile, CheckpointFiles } from './checkpoint-files.ts';
import { type ExpectedWeight, expectedWeights, isUnusedTensor } from './expected-weights.ts';
import { parseJsonObject } from './parse-json.ts';

const SINGLE_FILE = 'model.safetensors';
const INDEX_FILE = 'model.safetensors.index.json';
/** The index of the full model is 100 kB. */
const MAX_INDEX_BYTES = 16_000_000;
const MAX_SOURCE_FILES = 1024;

/** The weights of a checkpoint, all known to be there and of the right shape. */
export interface Checkpoint {
  /** In the order of the forward pass. */
  readonly weights: readonly ExpectedWeight[];
  /** Tells one state of the checkpoint's weights from another, as far as sizes, headers and versions show it. */
  readonly state: string;
  /** Names of tensors that KOSMOS-2 does not have; they are left out. */
  readonly extras: readonly string[];
  /** Bytes of one row of a weight, as the checkpoint stores it. */
  rowBytes(weight: ExpectedWeight): number;
  /** Rows `[rowStart, rowStart + rows)` of a weight as float32. */
  readRows(weight: ExpectedWeight, rowStart: number, rows: number, signal?: AbortSignal): Promise<Float32Array>;
}

/** A tensor and the file to read it from. */
interface Found {
  readonly tensor: StoredTensor;
  readonly source: CheckpointFile;
}

/**
 * Finds the weights of a KOSMOS-2 checkpoint in one safetensors file or several with an index, as F32, F16 or BF16.
 * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID, PACKAGE_WEIGHT_INVALID; TensorError
 */
export async function openCheckpoint(
  files: CheckpointFiles,
  config: Kosmos2Config,
  signal?: AbortSignal,
): Promise<Checkpoint> {
  const found = new Map<string, Found>();
  const sources = await openSources(files, signal);
  for (const source of sources) {
    for (const tensor of (await readSafetensors(source, signal)).values()) {
      const twin = found.get(tensor.name);
      if (twin)
        throw invalid(
          tensor.name.slice(0, 80),
          `lies in both ${twin.tensor.file} and ${tensor.file}`,
          'one of them',
          files,
        );
      found.set(tensor.name, { tensor, source });
    }
  }
  const weights: ExpectedWeight[] = [];
  const extras = new Set(found.keys());
  for (const weight of expectedWeights(config)) {
    checkWeight(weight, found.get(weight.name)?.tensor, files);
    extras.delete(weight.name);
    weights.push(weight);
  }
  const tensors = [...found.values()].map(({ tensor }) => tensor);
  const rowBytes = ({ name, shape }: ExpectedWeight) =>
    matrixShape(shape).columns * BYTES_PER_ELEMENT[(found.get(name) as Found).tensor.dtype];
  return {
    weights,
    state: JSON.stringify([sources.map(({ name, size, version }) => [name, size, version ?? null]), tensors]),
    extras: [...extras].filter((name) => !isUnusedTensor(name)),
    rowBytes,
    async readRows(weight, rowStart, rows, signal) {
      const { tensor, source } = found.get(weight.name) as Found;
      const length = rowBytes(weight);
      const bytes = await source.read(tensor.offset + rowStart * length, rows * length, signal);
      if (tensor.dtype === 'F32') return asFloat32(bytes);
      return tensor.dtype === 'BF16' ? bfloatsToFloats(asUint16(bytes)) : halvesToFloats(asUint16(bytes));
    },
  };
}

async function openSources(files: CheckpointFiles, signal: AbortSignal | undefined): Promise<CheckpointFile[]> {
  const single = await files.open(SINGLE_FILE, signal);
  if (single) return [single];
  const index = await files.open(INDEX_FILE, signal);
  if (!index) {
    const message = `There is neither ${SINGLE_FILE} nor ${INDEX_FILE} in ${files.location}. Point to the folder of a KOSMOS-2 checkpoint with safetensors weights.`;
    throw new AppError('PACKAGE_FILE_MISSING', message, { file: SINGLE_FILE });
  }
  const names = await sourceNames(index, signal);
  const sources: CheckpointFile[] = [];
  for (const name of names) {
    const source = await files.open(name, signal);
    if (!source) {
      const message = `${name} is missing in ${files.location}, though ${INDEX_FILE} names it. Get the checkpoint's files again.`;
      throw new AppError('PACKAGE_FILE_MISSING', message, { file: name });
    }
    sources.push(source);
  }
  return sources;
}

async function sourceNames(index: ByteSource, signal: AbortSignal | undefined): Promise<string[]> {
  const bad = (what: string) => {
    const message = `${INDEX_FILE} is not sound: ${what}. Get the checkpoint's files again.`;
    return new AppError('PACKAGE_FILE_INVALID', message, { file: INDEX_FILE });
  };
  if (index.size > MAX_INDEX_BYTES) throw bad(`it has ${index.size} bytes, more than ${MAX_INDEX_BYTES}`);
  const { weight_map: map } = parseJsonObject(INDEX_FILE, await index.read(0, index.size, signal));
  if (typeof map !== 'object' || map === null) throw bad('it has no weight_map');
  const names = [...new Set<unknown>(Object.values(map))].map((name) => {
    if (typeof name === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.safetensors$/.test(name)) return name;
    throw bad(`${JSON.stringify(name).slice(0, 60)} in its weight_map is no plain name of a safetensors file`);
  });
  if (names.length > MAX_SOURCE_FILES) throw bad(`it names ${names.length} files, more than ${MAX_SOURCE_FILES}`);
  return names.sort();
}

function checkWeight({ name, shape }: ExpectedWeight, tensor: StoredTensor | undefined, files: CheckpointFiles): void {
  const expected = `F32, F16 or BF16 of shape [${shape}]`;
  if (!tensor) throw invalid(name, 'is missing', expected, files);
  const sameShape = tensor.shape.length === shape.length && shape.every((size, i) => size === tensor.shape[i]);
  const isFloat = tensor.dtype === 'F32' || tensor.dtype === 'F16' || tensor.dtype === 'BF16';
  if (!sameShape || !isFloat) throw invalid(name, `is ${tensor.dtype} [${tensor.shape}]`, expected, files);
}

function invalid(name: string, what: string, expected: string, { location }: CheckpointFiles): AppError {
  const message = `Weight ${name} in ${location} ${what}; expected ${expected}. Check that this is a KOSMOS-2 checkpoint and its config.json belongs to it.`;
  return new AppError('PACKAGE_WEIGHT_INVALID', message, { name, expected });
}
