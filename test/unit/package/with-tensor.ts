import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { layoutSafetensors } from '../../../src/tensors/safetensors-layout.ts';
import { bytesSource } from '../../support/bytes-source.ts';
import type { Files } from './memory-files.ts';

/** A checkpoint of one file holding these tensors next to those of `source`. */
export async function withTensor(
  source: Files,
  name: string,
  shape: readonly number[],
  values: Float32Array,
): Promise<Files> {
  const old = source.get('model.safetensors') as Uint8Array;
  const tensors = await readSafetensors(bytesSource('model.safetensors', old));
  const kept = [...tensors.values()].filter((tensor) => tensor.name !== name);
  const layout = layoutSafetensors('model.safetensors', [...kept, { name, dtype: 'F32', shape }], { format: 'pt' });
  const file = new Uint8Array(layout.byteLength);
  file.set(layout.header);
  for (const { name: key, offset } of layout.tensors) {
    const from = tensors.get(key);
    file.set(
      key === name || !from
        ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
        : old.subarray(from.offset, from.offset + from.byteLength),
      offset,
    );
  }
  return new Map(source).set('model.safetensors', file);
}
