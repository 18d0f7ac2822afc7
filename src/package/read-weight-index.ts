import type { Kosmos2Config } from '../kosmos2/config.ts';
import { AppError } from '../protocol/errors.ts';
import type { Dtype } from '../tensors/dtype.ts';
import { matrixShape } from '../tensors/shape.ts';
import {
  type Encoding,
  QUANTIZATION_BLOCK,
  type StoredTensor,
  type Weight,
  type WeightBlock,
  type WeightIndex,
} from '../tensors/weight-index.ts';
import { type ExpectedWeight, expectedWeights } from './expected-weights.ts';
import { parseStoredName, type StoredPart } from './stored-name.ts';

/** Arrays of one weight by part, each by its first row. */
type Parts = Partial<Record<StoredPart, Map<number, StoredTensor>>>;

/**
 * Finds every weight of the model among the arrays of a package's shards and checks type, shape and rows of each.
 * @param stored the tensors of all shards
 * @throws AppError PACKAGE_WEIGHT_INVALID naming the weight and what was expected
 */
export function readWeightIndex(stored: Iterable<StoredTensor>, config: Kosmos2Config): WeightIndex {
  const found = new Map<string, Parts>();
  const names = new Set<string>();
  for (const tensor of stored) {
    if (names.has(tensor.name)) throw invalid(tensor.name, 'lies in two shards', 'one');
    names.add(tensor.name);
    const { weight, part, rowStart } = parseStoredName(tensor.name);
    const parts = found.get(weight) ?? {};
    found.set(weight, parts);
    parts[part] ??= new Map();
    parts[part].set(rowStart, tensor);
  }
  const index = new Map<string, Weight>();
  for (const expected of expectedWeights(config)) {
    const parts = found.get(expected.name);
    if (!parts) throw invalid(expected.name, 'is missing', `shape [${expected.shape}]`);
    index.set(expected.name, toWeight(expected, parts));
  }
  return index;
}

function toWeight(expected: ExpectedWeight, parts: Parts): Weight {
  const { name, shape } = expected;
  const kinds = (['floats', 'q4', 'q8'] as const).filter((part) => parts[part]);
  const [kind] = kinds;
  if (!kind || kinds.length > 1) throw invalid(name, `is stored as ${kinds.join(' and ') || 'scales'}`, 'one encoding');
  const blocks = toBlocks(expected, kind, parts);
  const encoding: Encoding = kind !== 'floats' ? kind : blocks[0]?.data.dtype === 'F32' ? 'f32' : 'f16';
  return { name, shape, encoding, blocks };
}

function toBlocks(expected: ExpectedWeight, kind: 'floats' | 'q4' | 'q8', parts: Parts): WeightBlock[] {
  const { name, shape, group } = expected;
  const { rows, columns } = matrixShape(shape);
  if (kind !== 'floats' && (group === 'float' || columns % QUANTIZATION_BLOCK !== 0)) {
    throw invalid(name, `is stored as ${kind}`, `F32 or F16 for shape [${shape}]`);
  }
  const data = [...(parts[kind] ?? [])].sort(([a], [b]) => a - b);
  const dtype = kind === 'floats' ? data[0]?.[1].dtype : 'U8';
  if (dtype !== 'F32' && dtype !== 'F16' && kind === 'floats') throw invalid(name, `is ${dtype}`, 'F32 or F16');
  const perScale = columns / QUANTIZATION_BLOCK;
  const rest = { floats: shape.slice(1), q4: [perScale, 16], q8: [perScale, 32] }[kind];

  const blocks: WeightBlock[] = [];
  let nextRow = 0;
  for (const [rowStart, tensor] of data) {
    const [count = 1] = tensor.shape;
    if (rowStart !== nextRow) throw invalid(name, `has a block from row ${rowStart}`, `row ${nextRow} next`);
    checkArray(tensor, dtype, [count, ...rest]);
    nextRow += count;
    if (count < 1 || nextRow > rows) throw invalid(name, `has ${nextRow} rows`, `${rows} in blocks of one or more`);
    if (kind === 'floats') {
      blocks.push({ rowStart, rows: count, data: tensor });
      continue;
    }
    const scales = parts.scales?.get(rowStart);
    if (!scales) throw invalid(name, `has no scales from row ${rowStart}`, `F16 [${count},${perScale}]`);
    checkArray(scales, 'F16', [count, perScale]);
    blocks.push({ rowStart, rows: count, data: tensor, scales });
  }
  if (nextRow !== rows) throw invalid(name, `has ${nextRow} rows`, `${rows}`);
  return blocks;
}

function checkArray(tensor: StoredTensor, dtype: Dtype | undefined, shape: readonly number[]): void {
  const same = tensor.shape.length === shape.length && shape.every((size, i) => size === tensor.shape[i]);
  if (same && tensor.dtype === dtype) return;
  throw invalid(tensor.name, `is ${tensor.dtype} [${tensor.shape}]`, `${dtype} [${shape}]`);
}

function invalid(name: string, what: string, expected: string): AppError {
  const message = `Weight ${name} ${what}; expected ${expected}. Import the checkpoint again.`;
  return new AppError('PACKAGE_WEIGHT_INVALID', message, { name, expected });
}
