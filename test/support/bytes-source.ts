import type { ByteSource } from '../../src/tensors/byte-source.ts';

/** A file that is in memory already; reads are views, not copies. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new RangeError(`${name}: bytes ${offset}..${offset + length} of ${bytes.length} were asked for.`);
      }
      return bytes.subarray(offset, offset + length);
    },
  };
}
