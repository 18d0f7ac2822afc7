import type { TextConfig } from '../../kosmos2/config.ts';
import { cacheNames, type HostKvSnapshot } from '../kv-cache.ts';
import type { Ort, OrtTensor } from '../ort.ts';

/** The capacity grows in steps of this many positions: each time, everything is copied once. */
const STEP = 64;

/**
 * Keys and values of several sequences, float32 `[sequences, heads, capacity, headSize]` of each layer. They are filled
 * from the front, and what lies behind a sequence's length is never read. Where runs may write in place nothing is copied
 * from token to token; elsewhere onnxruntime returns the whole of it every time, so the capacity is kept small.
 */
export class BatchKvCache {
  readonly #ort: Ort;
  readonly #names: readonly { readonly past: string; readonly present: string }[];
  readonly #heads: number;
  readonly #headSize: number;
  readonly #inPlace: boolean;
  /** One for each of the names. */
  #arrays: Float32Array[];
  /** Sequences there is room for in the arrays. */
  #slots = 0;
  #capacity = 0;
  readonly #lengths: number[] = [];

  constructor(ort: Ort, text: TextConfig, inPlace: boolean) {
    this.#ort = ort;
    this.#names = cacheNames(text);
    this.#heads = text.heads;
    this.#headSize = text.embedDim / text.heads;
    this.#inPlace = inPlace;
    this.#arrays = this.#names.map(() => new Float32Array(0));
  }

  /** Positions of each sequence. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** Adds a sequence as the last one. */
  join({ length, tensors }: HostKvSnapshot): void {
    const row = this.#lengths.length;
    this.#lengths.push(length);
    this.#fit(Math.max(...this.#lengths));
    for (const [index, { past }] of this.#names.entries()) {
      const { data, dims } = tensors.get(past) as OrtTensor;
      this.#copyRow(data as Float32Array, 0, dims[2] as number, index, row, length);
    }
  }

  /** Takes a sequence out; the last one moves into its place. */
  leave(row: number): void {
    const last = this.#lengths.length - 1;
    const length = this.#lengths[last] as number;
    if (row !== last) {
      const start = last * this.#rowSize(this.#capacity);
      for (const [index, array] of this.#arrays.entries()) {
        this.#copyRow(array, start, this.#capacity, index, row, length);
      }
      this.#lengths[row] = length;
    }
    this.#lengths.pop();
  }

  /** Makes room for one more position of every sequence. @returns what goes into a run, and what comes out of it */
  beforeRun(): { readonly inputs: Record<string, OrtTensor>; readonly outputs: Record<string, OrtTensor | null> } {
    this.#fit(Math.max(...this.#lengths) + 1);
    const sequences = this.#lengths.length;
    const dims = [sequences, this.#heads, this.#capacity, this.#headSize];
    const size = sequences * this.#rowSize(this.#capacity);
    const inputs: Record<string, OrtTensor> = {};
    const outputs: Record<string, OrtTensor | null> = {};
    for (const [index, { past, present }] of this.#names.entries()) {
      const array = this.#arrays[index] as Float32Array;
      const tensor = new this.#ort.Tensor('float32', array.subarray(0, size), dims) as OrtTensor;
      inputs[past] = tensor;
      outputs[present] = this.#inPlace ? tensor : null;
    }
    return { inputs, outputs };
  }

  /** Takes what a run returned: every sequence is one position longer. */
  afterRun(results: Readonly<Record<string, OrtTensor>>): void {
    for (const row of this.#lengths.keys()) this.#lengths[row] = (this.#lengths[row] as number) + 1;
    if (this.#inPlace) return;
    this.#slots = this.#lengths.length;
    this.#arrays = this.#names.map(({ present }) => (results[present] as OrtTensor).data as Float32Array);
  }

  /** Room for every sequence at `positions`; less room where that makes runs cheaper. */
  #fit(positions: number): void {
    const wanted = Math.ceil(positions / STEP) * STEP;
    const sequences = this.#lengths.length;
    const fits = this.#inPlace ? wanted <= this.#capacity : wanted === this.#capacity;
    if (fits && sequences <= this.#slots) return;
    const [from, old, filled] = [this.#capacity, this.#arrays, Math.min(this.#slots, sequences)];
    this.#capacity = fits ? from : wanted;
    this.#slots = sequences;
    this.#arrays = old.map(() => new Float32Array(sequences * this.#rowSize(this.#capacity)));
    for (const [index, array] of old.entries()) {
      for (let row = 0; row < filled; row++) {
        const length = Math.min(this.#lengths[row] as number, from);
        this.#copyRow(array, row * this.#rowSize(from), from, index, row, length);
      }
    }
  }

  /** Copies the first positions of every head of one sequence, which begins at `start` of an array of that capacity. */
  #copyRow(from: Float32Array, start: number, capacity: number, index: number, row: number, length: number): void {
    const to = this.#arrays[index] as Float32Array;
    const size = length * this.#headSize;
    for (let head = 0; head < this.#heads; head++) {
      const source = start + head * capacity * this.#headSize;
      to.set(from.subarray(source, source + size), (row * this.#heads + head) * this.#capacity * this.#headSize);
    }
  }

  #rowSize(capacity: number): number {
    return this.#heads * capacity * this.#headSize;
  }
}
