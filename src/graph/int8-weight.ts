import { type Int8Layout, type Int8Matrix, int8Matrix, paddedRows } from '../tensors/int8-panels.ts';
import type { Int8Turner } from '../tensors/int8-turn.ts';
import type { ReadBytes } from '../tensors/read-weight.ts';
import { matrixShape } from '../tensors/shape.ts';
import { bytesOf, owned } from '../tensors/typed-view.ts';
import type { Weight } from '../tensors/weight-index.ts';
import type { DerivedData } from './onnx-graph.ts';

/** A matrix for a product in int8 (see int8-panels.ts). */
export interface Int8Weight {
  /** `[groups, panels, columns of a group, panel]`. */
  readonly codes: DerivedData;
  /** float32 `[groups, panels, 1, panel]`. */
  readonly scales: DerivedData;
}

/**
 * Codes and scales are made together and asked for in no certain order; what is asked for later is kept meanwhile: halfway a
 * quarter of all codes, when onnxruntime's memory has but half of them. A tab's peak is a tenth higher for it, and opening
 * takes a quarter less than with half of the codes made twice.
 */
export function int8Weight(weight: Weight, layout: Int8Layout, turner: Int8Turner): Int8Weight {
  const { rows, columns } = matrixShape(weight.shape);
  const width = paddedRows(rows, layout.panel);
  const kept = new Map<keyof Int8Matrix, Uint8Array>();
  const part = (name: keyof Int8Matrix, other: keyof Int8Matrix) => (read: ReadBytes) => {
    const found = kept.get(name);
    kept.delete(name);
    if (found) return found;
    const made = int8Matrix(weight, layout, read, turner);
    kept.set(other, owned(bytesOf(made[other])));
    return bytesOf(made[name]);
  };
  return {
    codes: {
      path: `derived/${weight.name}:int8`,
      byteLength: width * columns,
      make: part('codes', 'scales'),
    },
    scales: {
      path: `derived/${weight.name}:int8_scales`,
      byteLength: 4 * layout.groups * width,
      make: part('scales', 'codes'),
    },
  };
}
