import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../src/kosmos2/config.ts';
import { bfloatsToFloats, floatToHalf, halfToFloat } from '../../src/tensors/float16.ts';
import { readSafetensors } from '../../src/tensors/safetensors.ts';
import { asUint16, bytesOf } from '../../src/tensors/typed-view.ts';
import type { Weight } from '../../src/tensors/weight-index.ts';
import type { ModelWeights } from './graph-model.ts';

export const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/**
 * Reads a Hugging Face folder as it is, bfloat16 widened to float32.
 *
 * The reference values of the 16-bit checkpoints were made by a model that had been converted to that type and back to
 * float32. Its weights are float32 again without loss, but its computed table of positions stayed rounded.
 */
export async function loadCheckpoint(folder: string): Promise<ModelWeights> {
  const files = new Map<string, Uint8Array>();
  const weights = new Map<string, Weight>();
  const dtypes = new Set<string>();
  for (const file of weightFiles(folder)) {
    const bytes = new Uint8Array(readFileSync(join(folder, file)));
    files.set(file, bytes);
    const source = {
      name: file,
      size: bytes.length,
      read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
    };
    for (const tensor of (await readSafetensors(source)).tensors.values()) {
      const { name, shape } = tensor;
      let data = tensor;
      dtypes.add(tensor.dtype);
      if (tensor.dtype === 'BF16') {
        const widened = bytesOf(
          bfloatsToFloats(asUint16(bytes.slice(tensor.offset, tensor.offset + tensor.byteLength))),
        );
        data = { ...tensor, dtype: 'F32', file: `${name}.f32`, offset: 0, byteLength: widened.length };
        files.set(data.file, widened);
      }
      const encoding = data.dtype === 'F16' ? 'f16' : 'f32';
      weights.set(name, { name, shape, encoding, blocks: [{ rowStart: 0, rows: shape[0] as number, data }] });
    }
  }
  const config = parseConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  const roundPosition = dtypes.has('BF16') ? roundToBfloat : dtypes.has('F16') ? roundToHalf : Math.fround;
  return { config, weights, files, roundPosition };
}

function roundToHalf(value: number): number {
  return halfToFloat(floatToHalf(value));
}

function roundToBfloat(value: number): number {
  const float = Float32Array.of(value);
  const bits = new Uint32Array(float.buffer);
  const exact = bits[0] as number;
  bits[0] = (exact + 0x7fff + ((exact >>> 16) & 1)) & 0xffff0000;
  return float[0] as number;
}

function weightFiles(folder: string): string[] {
  const index = join(folder, 'model.safetensors.index.json');
  if (!existsSync(index)) return ['model.safetensors'];
  const { weight_map } = JSON.parse(readFileSync(index, 'utf8')) as { weight_map: Record<string, string> };
  return [...new Set(Object.values(weight_map))];
}
