/**
 * Bytes that are made when they are asked for, and not kept. onnxruntime-web takes external data only as whole arrays, but
 * all it does with one is to compare `byteLength` and copy what `subarray` gives, tensor by tensor: so the derived weights
 * of the full model (1.6 GB in int8) never exist all at once.
 */
export class LateBytes extends Uint8Array {
  readonly #make: () => Uint8Array;

  constructor(byteLength: number, make: () => Uint8Array) {
    super(0);
    this.#make = make;
    Object.defineProperty(this, 'byteLength', { value: byteLength });
  }

  override subarray(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.#make().subarray(start, end) as Uint8Array<ArrayBuffer>;
  }
}
