// Stored arrays are little-endian, and so is every machine a browser or Node runs on today (WebAssembly demands it),
// so bytes are viewed in place. Only an odd start forces a copy: typed arrays must begin at a multiple of their element.

/** The bytes as uint16 (float16 and bfloat16 bits): a view where alignment allows it, otherwise a copy. */
export function asUint16(bytes: Uint8Array): Uint16Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(buffer, byteOffset, length / 2);
}

/** The bytes as float32: a view where alignment allows it, otherwise a copy. */
export function asFloat32(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(buffer, byteOffset, length / 4);
}

/** The same bytes where they are all of their memory, else a copy: what nothing else will be written over. */
export function owned(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** The bytes behind a typed array, not copied. */
export function bytesOf(array: Float32Array | Uint16Array | Uint8Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
