import type { Shard } from '../package/model-package.ts';

/**
 * Bytes that are read or made when they are asked for, and not kept. onnxruntime-web takes external data only as whole
 * arrays, but all it does with one is to compare `byteLength` and copy what `subarray` gives, tensor by tensor: so neither
 * a stored package nor the derived weights of the full model (1.6 GB in int8) ever exist in memory all at once.
 */
export class LateBytes extends Uint8Array {
  readonly #source: Shard;

  constructor(source: Shard) {
    super(0);
    this.#source = source;
    Object.defineProperty(this, 'byteLength', { value: source.byteLength });
  }

  override subarray(start = 0, end = this.#source.byteLength): Uint8Array<ArrayBuffer> {
    return this.#source.subarray(start, end) as Uint8Array<ArrayBuffer>;
  }
}
