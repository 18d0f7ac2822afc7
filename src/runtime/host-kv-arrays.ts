import type { TextConfig } from '../kosmos2/config.ts';
import type { Backend } from './backend.ts';
import { type CacheNames, type CacheType, cacheNames, type KvFeeds, type KvSnapshot } from './kv-cache.ts';
import type { Ort, OrtTensor } from './ort.ts';

/** How a run's keys and values come back to arrays of this program. */
export type KvReturn =
  /** Written into the arrays they are read from. */
  | 'inPlace'
  /** Those of the run's own positions alone, `[sequences, positions, embedDim]`. */
  | 'added'
  /** All of them, in arrays of their own. */
  | 'whole';

export function kvReturn({ native, target }: Backend): KvReturn {
  if (native?.inPlace) return 'inPlace';
  return target.addedOnly ? 'added' : 'whole';
}

/** float16 is moved about as bits. */
type KvArray = Float32Array | Uint16Array;

/** The capacity grows in steps of this many positions: each time, everything is copied once. */
const STEP = 64;

/**
 * Keys and values of sequences side by side, `[sequences, heads, capacity, headSize]` of each layer. They are filled from
 * the front, and what lies behind a sequence's length is never read. All of it goes into every run and onnxruntime may copy
 * it, so the capacity is kept small; what comes back is no more than has to.
 */
export class HostKvArrays {
  readonly #ort: Ort;
  readonly #names: readonly CacheNames[];
  readonly #heads: number;
  readonly #headSize: number;
  readonly #type: CacheType;
  readonly #returned: KvReturn;
  /** One for each of the names. */
  #arrays: KvArray[];
  /** Sequences there is room for in the arrays. */
  #slots = 0;
  #capacity = 0;
  readonly #lengths: number[] = [];

  constructor(ort: Ort, text: TextConfig, type: CacheType, returned: KvReturn) {
    this.#ort = ort;
    this.#names = cacheNames(text);
    this.#heads = text.heads;
    this.#headSize = text.embedDim / text.heads;
    this.#type = type;
    this.#returned = returned;
    this.#arrays = this.#names.map(() => this.#array(0));
  }

  /** Positions of each sequence. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** Adds a sequence as the last one: a copied one, or one that has no positions yet. */
  join(sequence: HostKvSnapshot | null): void {
    const row = this.#lengths.length;
    const length = sequence?.length ?? 0;
    this.#lengths.push(length);
    this.#fit(Math.max(...this.#lengths));
    for (const [index, array] of (sequence?.arrays ?? []).entries()) {
      this.#copyHeads(array, 0, length, this.#arrays[index] as KvArray, row * this.#heads, this.#capacity, length);
    }
  }

  /** Takes a sequence out; the last one moves into its place. */
  leave(row: number): void {
    const last = this.#lengths.length - 1;
    const length = this.#lengths[last] as number;
    if (row !== last) {
      const [from, to] = [last * this.#heads, row * this.#heads];
      for (const array of this.#arrays) {
        this.#copyHeads(array, from, this.#capacity, array, to, this.#capacity, length);
      }
      this.#lengths[row] = length;
    }
    this.#lengths.pop();
  }

  /** Forgets a sequence's positions from `length` on. */
  truncate(row: number, length: number): void {
    this.#lengths[row] = length;
  }

  /** Copies a sequence's first positions. */
  copy(row: number, length: number): HostKvSnapshot {
    const arrays = this.#arrays.map((array) => {
      const copied = this.#array(this.#heads * length * this.#headSize);
      this.#copyHeads(array, row * this.#heads, this.#capacity, copied, 0, length, length);
      return copied;
    });
    return new HostKvSnapshot(length, arrays);
  }

  /** What goes into a run of `count` more positions of every sequence. */
  beforeRun(count: number): KvFeeds {
    const longest = Math.max(...this.#lengths);
    this.#fit(this.#returned === 'inPlace' ? longest + count : longest);
    const sequences = this.#lengths.length;
    const dims = [sequences, this.#heads, this.#capacity, this.#headSize];
    const size = sequences * this.#rowSize(this.#capacity);
    const inputs: Record<string, OrtTensor> = {};
    const outputs: Record<string, OrtTensor | null> = {};
    for (const [index, { past, present, added }] of this.#names.entries()) {
      const data = (this.#arrays[index] as KvArray).subarray(0, size);
      const tensor = new this.#ort.Tensor(this.#type, data, dims) as OrtTensor;
      inputs[past] = tensor;
      outputs[this.#returned === 'added' ? added : present] = this.#returned === 'inPlace' ? tensor : null;
    }
    return { inputs, outputs };
  }

  /** Takes what that run returned: every sequence is `count` positions longer. */
  afterRun(results: Readonly<Record<string, OrtTensor>>, count: number): void {
    if (this.#returned === 'whole') {
      const dims = results[(this.#names[0] as CacheNames).present]?.dims as readonly number[];
      this.#arrays = this.#names.map(({ present }) => bitsOf(results[present] as OrtTensor));
      this.#slots = this.#lengths.length;
      this.#capacity = dims[2] as number;
    } else if (this.#returned === 'added') {
      this.#fit(Math.max(...this.#lengths) + count);
      for (const [index, { added }] of this.#names.entries()) {
        this.#add(bitsOf(results[added] as OrtTensor), this.#arrays[index] as KvArray, count);
      }
    }
    for (const [row, length] of this.#lengths.entries()) this.#lengths[row] = length + count;
  }

  /** Puts a run's own keys or values, `[sequences, count, heads, headSize]`, behind those before it. */
  #add(from: KvArray, to: KvArray, count: number): void {
    const size = this.#headSize;
    let start = 0;
    for (const [row, length] of this.#lengths.entries()) {
      for (let position = length; position < length + count; position++) {
        for (let head = 0; head < this.#heads; head++, start += size) {
          const target = ((row * this.#heads + head) * this.#capacity + position) * size;
          for (let i = 0; i < size; i++) to[target + i] = from[start + i] as number;
        }
      }
    }
  }

  /** Room for every sequence at `positions`; no more than a step too much where room costs something. */
  #fit(positions: number): void {
    // Returned whole, they are as long as they are filled: a GPU is not known to tell a sequence from the room it has.
    const step = this.#returned === 'whole' ? 1 : STEP;
    const wanted = Math.ceil(positions / step) * step;
    const sequences = this.#lengths.length;
    const fits = this.#returned === 'inPlace' ? wanted <= this.#capacity : wanted === this.#capacity;
    if (fits && sequences <= this.#slots) return;
    const [from, old, rows] = [this.#capacity, this.#arrays, Math.min(this.#slots, sequences)];
    this.#capacity = fits ? from : wanted;
    this.#slots = sequences;
    this.#arrays = old.map((array) => {
      const next = this.#array(sequences * this.#rowSize(this.#capacity));
      for (let row = 0; row < rows; row++) {
        const length = Math.min(this.#lengths[row] as number, from, this.#capacity);
        this.#copyHeads(array, row * this.#heads, from, next, row * this.#heads, this.#capacity, length);
      }
      return next;
    });
  }

  /** Copies the first positions of every head of one sequence, whose first head is the `first`th, between capacities. */
  #copyHeads(
    from: KvArray,
    fromFirst: number,
    fromCapacity: number,
    to: KvArray,
    toFirst: number,
    toCapacity: number,
    length: number,
  ): void {
    const size = length * this.#headSize;
    for (let head = 0; head < this.#heads; head++) {
      const start = (fromFirst + head) * fromCapacity * this.#headSize;
      to.set(from.subarray(start, start + size), (toFirst + head) * toCapacity * this.#headSize);
    }
  }

  #array(size: number): KvArray {
    return this.#type === 'float16' ? new Uint16Array(size) : new Float32Array(size);
  }

  #rowSize(capacity: number): number {
    return this.#heads * capacity * this.#headSize;
  }
}

/** Copied first positions of a sequence: `[heads, length, headSize]` for each of the cache's names. */
export class HostKvSnapshot implements KvSnapshot {
  readonly length: number;
  readonly arrays: readonly KvArray[];

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

/** A tensor's numbers; the bits of those that some engines have a type of their own for. */
function bitsOf(tensor: OrtTensor): KvArray {
  const data = tensor.data as KvArray;
  return tensor.type === 'float16' ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data;
}
