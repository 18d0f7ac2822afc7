import type { TextConfig } from '../kosmos2/config.ts';
import { HostKvSnapshot, type KvArray } from './host-kv-snapshot.ts';
import { type CacheNames, type CacheType, cacheNames, type KvFeeds } from './kv-cache.ts';
import type { KvReturn } from './kv-return.ts';
import type { Ort, OrtTensor } from './ort.ts';

/** Where the heads of one sequence lie. */
interface Row {
  readonly array: KvArray;
  readonly row: number;
  readonly capacity: number;
}

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
      this.#copyRow({ array, row: 0, capacity: length }, this.#row(this.#arrays[index] as KvArray, row), length);
    }
  }

  /** Takes a sequence out; the last one moves into its place. */
  leave(row: number): void {
    const last = this.#lengths.length - 1;
    const length = this.#lengths[last] as number;
    if (row !== last) {
      for (const array of this.#arrays) this.#copyRow(this.#row(array, last), this.#row(array, row), length);
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
      const copied = this.#array(this.#rowSize(length));
      this.#copyRow(this.#row(array, row), { array: copied, row: 0, capacity: length }, length);
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
    // No spare room: a GPU kernel may attend to the whole length of the past, filled or not.
    const step = this.#returned === 'whole' ? 1 : STEP;
    const wanted = Math.ceil(positions / step) * step;
    const sequences = this.#lengths.length;
    const fits = this.#returned === 'inPlace' ? wanted <= this.#capacity : wanted === this.#capacity;
    if (fits && sequences <= this.#slots) return;
    const [from, rows] = [this.#capacity, Math.min(this.#slots, sequences)];
    this.#capacity = fits ? from : wanted;
    this.#slots = sequences;
    // One by one, so that at most one of them is there twice.
    for (const [index, array] of this.#arrays.entries()) {
      const next = this.#array(sequences * this.#rowSize(this.#capacity));
      for (let row = 0; row < rows; row++) {
        const length = Math.min(this.#lengths[row] as number, from, this.#capacity);
        this.#copyRow({ array, row, capacity: from }, this.#row(next, row), length);
      }
      this.#arrays[index] = next;
    }
  }

  #row(array: KvArray, row: number): Row {
    return { array, row, capacity: this.#capacity };
  }

  /** Copies the first positions of every head. */
  #copyRow(from: Row, to: Row, length: number): void {
    const size = length * this.#headSize;
    for (let head = 0; head < this.#heads; head++) {
      const start = (from.row * this.#heads + head) * from.capacity * this.#headSize;
      const target = (to.row * this.#heads + head) * to.capacity * this.#headSize;
      to.array.set(from.array.subarray(start, start + size), target);
    }
  }

  #array(size: number): KvArray {
    return this.#type === 'float16' ? new Uint16Array(size) : new Float32Array(size);
  }

  #rowSize(capacity: number): number {
    return this.#heads * capacity * this.#headSize;
  }
}

/** A tensor's numbers; the bits of those that some engines have a type of their own for. */
function bitsOf(tensor: OrtTensor): KvArray {
  const data = tensor.data as KvArray;
  return tensor.type === 'float16' ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data;
}
