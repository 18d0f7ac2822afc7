import type { ModelPackage, Shard } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { ReadBytes } from '../tensors/read-weight.ts';
import { Scratch } from '../tensors/scratch.ts';
import type { StoredTensor, Weight } from '../tensors/weight-index.ts';

/** Tensors kept of what was read last: the codes and scales of the weight at work. */
const KEPT_READS = 2;

/**
 * Reads stored tensors of an open package. Several derived data are made of each weight one after the other, so the last
 * two reads are kept where the shards are not in memory; a third takes their place in it.
 */
export function storedReader(shards: ModelPackage['shards']): ReadBytes {
  const kept = Array.from({ length: KEPT_READS }, () => ({
    scratch: new Scratch(),
    tensor: null as StoredTensor | null,
    bytes: new Uint8Array(0) as Uint8Array,
  }));
  return (tensor) => {
    const { name, file, offset, byteLength } = tensor;
    const shard = shards.get(file);
    if (!shard || offset + byteLength > shard.byteLength) {
      throw new AppError('PACKAGE_FILE_INVALID', `The package's file ${file} does not hold ${name}. Fetch it again.`, {
        file,
      });
    }
    if (shard instanceof Uint8Array) return shard.subarray(offset, offset + byteLength);
    const found = kept.findIndex((one) => one.tensor === tensor);
    // What was asked for last goes to the end, and is the last to lose its place.
    const [place] = kept.splice(Math.max(0, found), 1) as [(typeof kept)[number]];
    kept.push(place);
    if (found >= 0) return place.bytes;
    // Should the read fail, nothing is there.
    place.tensor = null;
    place.bytes = partOf(shard, offset, offset + byteLength, place.scratch);
    place.tensor = tensor;
    return place.bytes;
  };
}

/** Reads one weight's tensors and no others: from memory, whatever becomes of the package. */
export function keptReader(weight: Weight, read: ReadBytes): ReadBytes {
  const kept = new Map<StoredTensor, Uint8Array>();
  for (const { data, scales } of weight.blocks) {
    for (const tensor of scales ? [data, scales] : [data]) kept.set(tensor, read(tensor).slice());
  }
  return (tensor) => kept.get(tensor) as Uint8Array;
}

/** Bytes `start` to `end` of a weight file, good until the next is read into the same memory. */
export function partOf(shard: Shard, start: number, end: number, scratch: Scratch): Uint8Array {
  if (!shard.readInto) return shard.subarray(start, end);
  const part = scratch.take(end - start);
  shard.readInto(part, start);
  return part;
}
