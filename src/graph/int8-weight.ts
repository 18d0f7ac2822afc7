import { type Int8Layout, int8Matrix, paddedRows } from '../tensors/int8-panels.ts';
import { matrixShape } from '../tensors/read-weight.ts';
import { bytesOf } from '../tensors/typed-view.ts';
import type { Weight } from '../tensors/weight-index.ts';
import type { DerivedData } from './onnx-graph.ts';

/** A matrix for a product in int8 (see int8-panels.ts). */
export interface Int8Weight {
  /** `[groups, panels, columns of a group, panel]`. */
  readonly codes: DerivedData;
  /** float32 `[groups, panels, 1, panel]`. */
  readonly scales: DerivedData;
}

export function int8Weight(weight: Weight, layout: Int8Layout): Int8Weight {
  const { rows, columns } = matrixShape(weight.shape);
  const width = paddedRows(rows, layout.panel);
  // They are made together and asked for one after the other.
  let kept: Float32Array | null = null;
  return {
    codes: {
      path: `derived/${weight.name}:int8`,
      byteLength: width * columns,
      make: (read) => {
        const { codes, scales } = int8Matrix(weight, layout, read);
        kept = scales;
        return bytesOf(codes);
      },
    },
    scales: {
      path: `derived/${weight.name}:int8_scales`,
      byteLength: 4 * layout.groups * width,
      make: (read) => {
        const scales = kept ?? int8Matrix(weight, layout, read).scales;
        kept = null;
        return bytesOf(scales);
      },
    },
  };
}
