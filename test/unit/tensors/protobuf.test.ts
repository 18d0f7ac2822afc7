import { describe, expect, it } from 'vitest';
import { ProtobufWriter } from '../../../src/tensors/protobuf.ts';
import { readMessage } from '../../support/onnx-reader.ts';

function written(write: (proto: ProtobufWriter) => void): number[] {
  const proto = new ProtobufWriter();
  write(proto);
  return [...proto.finish()];
}

// The first expectations are the examples of https://protobuf.dev/programming-guides/encoding/.
describe('ProtobufWriter', () => {
  it('writes integers as varints', () => {
    expect(written((proto) => proto.integer(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(written((proto) => proto.integer(1, 0))).toEqual([0x08, 0]);
  });

  it('writes a negative integer in ten bytes', () => {
    expect(written((proto) => proto.integer(1, -2))).toEqual([0x08, 0xfe, ...Array(8).fill(0xff), 0x01]);
  });

  it('keeps offsets beyond 32 bits, and refuses what is no safe integer', () => {
    const proto = new ProtobufWriter();
    for (const value of [2 ** 31, 6_660_000_000, Number.MAX_SAFE_INTEGER]) proto.integer(20, value);
    expect(readMessage(proto.finish()).get(20)).toEqual([2 ** 31, 6_660_000_000, Number.MAX_SAFE_INTEGER]);
    expect(() => proto.integer(1, 2 ** 53)).toThrow(RangeError);
    expect(() => proto.integer(1, 0.5)).toThrow(RangeError);
  });

  it('writes text as UTF-8 with its length in bytes', () => {
    expect(written((proto) => proto.string(2, 'testing'))).toEqual([0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    expect(written((proto) => proto.string(2, 'é'))).toEqual([0x12, 2, 0xc3, 0xa9]);
  });

  it('writes floats little-endian', () => {
    expect(written((proto) => proto.float(2, 1))).toEqual([0x15, 0, 0, 0x80, 0x3f]);
  });

  it('nests messages', () => {
    const bytes = written((proto) => proto.message(3, (inner) => inner.integer(1, 150)));
    expect(bytes).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  });

  it('grows past its first buffer without losing a byte', () => {
    const data = Uint8Array.from({ length: 100_000 }, (_, i) => i);
    const proto = new ProtobufWriter();
    proto.bytes(1, data);
    proto.float(2, 0.5);
    proto.bytes(1, data.subarray(0, 300));
    expect(readMessage(proto.finish()).get(1)).toEqual([data, data.subarray(0, 300)]);
  });
});
