import { floatsToHalves } from '../../src/tensors/float16.ts';
import { readSafetensors } from '../../src/tensors/safetensors.ts';
import { layoutSafetensors } from '../../src/tensors/safetensors-layout.ts';
import { asFloat32, bytesOf } from '../../src/tensors/typed-view.ts';
import { bytesSource } from './bytes-source.ts';

type Files = Map<string, Uint8Array>;
type FloatType = 'F32' | 'F16' | 'BF16';

/**
 * A float32 checkpoint of one file, saved again in another type and in `shards` files with an index, its tensors dealt out
 * in turn.
 */
export async function saveAgain(source: Files, dtype: FloatType, shards: number): Promise<Files> {
  const weights = source.get('model.safetensors') as Uint8Array;
  const tensors = await readSafetensors(bytesSource('model.safetensors', weights));
  const files: Files = new Map(source);
  files.delete('model.safetensors');
  const weightMap: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const name = shards === 1 ? 'model.safetensors' : `model-0000${shard + 1}-of-0000${shards}.safetensors`;
    const mine = [...tensors.values()].filter((_, i) => i % shards === shard);
    const specs = mine.map((tensor) => ({ name: tensor.name, dtype, shape: tensor.shape }));
    const layout = layoutSafetensors(name, specs, { format: 'pt' });
    const bytes = new Uint8Array(layout.byteLength);
    bytes.set(layout.header);
    for (const { name: key, offset } of layout.tensors) {
      const from = tensors.get(key);
      if (from?.dtype !== 'F32') throw new Error(`${key} is ${from?.dtype}`);
      const floats = asFloat32(weights.subarray(from.offset, from.offset + from.byteLength));
      bytes.set(encode(floats, dtype, key), offset);
      weightMap[key] = name;
    }
    files.set(name, bytes);
  }
  const index = JSON.stringify({ metadata: {}, weight_map: weightMap });
  if (shards > 1) files.set('model.safetensors.index.json', new TextEncoder().encode(index));
  return files;
}

function encode(floats: Float32Array, dtype: FloatType, name: string): Uint8Array {
  if (dtype === 'F32') return bytesOf(floats);
  if (dtype === 'F16') return bytesOf(floatsToHalves(floats, name));
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  return bytesOf(Uint16Array.from(bits, (value) => value >>> 16));
}
