import type { ByteSource } from './byte-source.ts';
import { BYTES_PER_ELEMENT, type Dtype } from './dtype.ts';
import { TensorError } from './errors.ts';
import { sizeOf } from './shape.ts';
import type { StoredTensor } from './weight-index.ts';

/** The full KOSMOS-2 has 932 tensors in a header of 120 kB; a bound 60 times that still parses in a blink. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;
const MAX_TENSORS = 65_536;
/** The largest rank in the checkpoint is 4 (the patch convolution). */
const MAX_DIMENSIONS = 8;
/** The length of the header comes first, as a little-endian uint64. */
const LENGTH_BYTES = 8;
/** What stands in place of a large file that Git LFS keeps elsewhere. */
const LFS_POINTER = 'version https://git-lfs';

/**
 * Reads and checks the header of a safetensors file; no tensor is touched.
 * The format: https://github.com/huggingface/safetensors#format. Its rules (no overlap, no hole, nothing outside, size =
 * dtype x shape) are all enforced, so that a StoredTensor can be read without another look.
 * @returns the tensors by name, in the order of their offsets
 * @throws TensorError TENSOR_TRUNCATED when the file ends early, TENSOR_FILE_INVALID when it cannot be what it says;
 * a failed read keeps the error of its source
 */
export async function readSafetensors(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const file = source.name;
  if (source.size < LENGTH_BYTES) throw truncated(file, LENGTH_BYTES, source.size);
  const start = await source.read(0, LENGTH_BYTES, signal);
  const headerBytes = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (headerBytes > BigInt(MAX_HEADER_BYTES)) {
    if (await isLfsPointer(source, signal)) throw pointer(file, source.size);
    throw invalid(file, `its header would be ${headerBytes} bytes, more than the ${MAX_HEADER_BYTES} allowed`);
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  if (source.size < dataStart) throw truncated(file, dataStart, source.size);
  const header = parseHeader(file, await source.read(LENGTH_BYTES, Number(headerBytes), signal));

  const { __metadata__: metadata, ...entries } = header;
  const names = Object.keys(entries);
  if (names.length > MAX_TENSORS) throw invalid(file, `it lists ${names.length} tensors, more than ${MAX_TENSORS}`);
  const tensors = names.map((name) => storedTensor(file, name, entries[name], dataStart));
  tensors.sort((a, b) => a.offset - b.offset || a.byteLength - b.byteLength);
  let end = dataStart;
  for (const tensor of tensors) {
    if (tensor.offset !== end) {
      const what = tensor.offset < end ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw invalid(file, `${shown(tensor.name)} at byte ${tensor.offset} ${what}, which ends at ${end}`);
    }
    end += tensor.byteLength;
  }
  if (end > source.size) throw truncated(file, end, source.size);
  if (end < source.size) throw invalid(file, `${source.size - end} bytes after its last tensor belong to nothing`);
  checkMetadata(file, metadata);
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

async function isLfsPointer(source: ByteSource, signal?: AbortSignal): Promise<boolean> {
  const start = await source.read(0, Math.min(LFS_POINTER.length, source.size), signal);
  return new TextDecoder().decode(start) === LFS_POINTER;
}

function parseHeader(file: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isRecord(header)) return header;
  } catch {
    // Falls through: text that is not UTF-8 or not JSON is as wrong as JSON that is not an object.
  }
  throw invalid(file, 'its header is not a JSON object');
}

function storedTensor(file: string, name: string, entry: unknown, dataStart: number): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  if (!isDtype(dtype)) throw invalid(file, `${shown(name)} has the type ${shown(dtype)}, which is not read here`);
  if (!isCounts(shape) || shape.length > MAX_DIMENSIONS) {
    throw invalid(file, `${shown(name)} has the impossible shape ${shown(shape)}`);
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw invalid(file, `${shown(name)} has the impossible offsets ${shown(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const byteLength = sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
  if (end - begin !== byteLength) {
    throw invalid(file, `${shown(name)} is ${dtype} [${shape}], ${byteLength} bytes, but lies at [${offsets}]`);
  }
  return { name, dtype, shape, file, offset: dataStart + begin, byteLength };
}

function checkMetadata(file: string, metadata: unknown): void {
  if (metadata === undefined) return;
  if (isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string')) return;
  throw invalid(file, 'its __metadata__ is not a map of strings');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(BYTES_PER_ELEMENT, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

/** A value from the file for a message, cut short: it may be as long as the header, and nested deeper than can be written. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 80) ?? 'missing';
  } catch {
    return 'nested too deeply to be shown';
  }
}

function invalid(file: string, what: string): TensorError {
  const message = `${file} is not a sound safetensors file: ${what}. Get the file again from where it came from.`;
  return new TensorError('TENSOR_FILE_INVALID', message, { file });
}

function pointer(file: string, bytes: number): TensorError {
  const message = `${file} holds no weights, only ${bytes} bytes of Git LFS that point to them: its folder was cloned without them. Run "git lfs pull" there, or name the repository in place of the folder, like hf:owner/name.`;
  return new TensorError('TENSOR_FILE_INVALID', message, { file, pointer: bytes });
}

function truncated(file: string, expected: number, actual: number): TensorError {
  const message = `${file} ends after ${actual} bytes of at least ${expected}. Get the file again.`;
  return new TensorError('TENSOR_TRUNCATED', message, { file, expected, actual });
}
