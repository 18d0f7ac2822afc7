import { readFile } from 'node:fs/promises';
import { halvesToFloats } from '../../../src/tensors/float16.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { asUint16 } from '../../../src/tensors/typed-view.ts';
import { bytesSource } from '../../support/bytes-source.ts';

/** The trained linear layers of the demo model, as float32. */
export async function demoLinearLayers(): Promise<Map<string, Float32Array>> {
  const bytes = new Uint8Array(await readFile('test/fixtures/demo-model/model.safetensors'));
  const tensors = await readSafetensors(bytesSource('demo', bytes));
  const linear = [...tensors.values()].filter(({ name }) => /(proj|fc1|fc2|dense)\.weight$/.test(name));
  return new Map(
    linear.map(({ name, offset, byteLength }) => {
      return [name, halvesToFloats(asUint16(bytes.subarray(offset, offset + byteLength)))];
    }),
  );
}
