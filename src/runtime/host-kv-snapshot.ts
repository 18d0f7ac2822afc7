import type { KvSnapshot } from './kv-cache.ts';

/** float16 is moved about as bits. */
export type KvArray = Float32Array | Uint16Array;

/** Copied first positions of a sequence: `[heads, length, headSize]` for each of the cache's names. */
export class HostKvSnapshot implements KvSnapshot {
  readonly length: number;
  readonly arrays: readonly KvArray[];
  readonly isThere = true;

  constructor(length: number, arrays: readonly KvArray[]) {
    this.length = length;
    this.arrays = arrays;
  }

  get bytes(): number {
    return this.arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Nothing to free: arrays go with the last reference. */
  release(): void {}
}
