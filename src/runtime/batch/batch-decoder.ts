import type { TextConfig } from '../../kosmos2/config.ts';
import type { Backend } from '../backend.ts';
import { batchShape } from '../decoder.ts';
import { HostKvArrays } from '../host-kv-arrays.ts';
import { HostKvSnapshot } from '../host-kv-snapshot.ts';
import type { KvSnapshot } from '../kv-cache.ts';
import { kvReturn } from '../kv-return.ts';
import type { OrtTensor, Session } from '../ort.ts';
import type { SerialQueue } from '../serial-queue.ts';
import { runSession } from '../session.ts';

/** Decodes one more position of several sequences in each run, on the session of a batched decoder graph. */
export class BatchDecoder {
  readonly #backend: Backend;
  readonly #session: Session;
  readonly #text: TextConfig;
  readonly #queue: SerialQueue;
  #cache: HostKvArrays;

  constructor(backend: Backend, session: Session, text: TextConfig, queue: SerialQueue) {
    this.#backend = backend;
    this.#session = session;
    this.#text = text;
    this.#queue = queue;
    this.#cache = this.#emptyCache();
  }

  /** Adds a prefilled sequence as the last one. */
  join(sequence: KvSnapshot): void {
    if (!(sequence instanceof HostKvSnapshot)) throw new TypeError('Only sequences in host arrays can be batched.');
    this.#cache.join(sequence);
  }

  /** Takes a sequence out; the last one moves into its place. */
  leave(row: number): void {
    this.#cache.leave(row);
  }

  /** Takes out all of them. */
  clear(): void {
    this.#cache = this.#emptyCache();
  }

  /**
   * Runs the next position of every sequence.
   * @param hidden `[sequences, embedDim]` scaled embeddings with their positions added
   * @returns logits `[vocabSize]` for each sequence
   * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
   */
  async run(hidden: Float32Array): Promise<Float32Array[]> {
    const { ort } = this.#backend;
    const { embedDim, vocabSize } = this.#text;
    const { lengths } = this.#cache;
    const { inputs, outputs } = this.#cache.beforeRun(1);
    const feeds: Record<string, OrtTensor> = {
      hidden_states: new ort.Tensor('float32', hidden, [1, lengths.length, embedDim]),
      // The last filled position of each after this run.
      seqlens_k: new ort.Tensor('int32', Int32Array.from(lengths), [lengths.length]),
      total_sequence_length: new ort.Tensor('int32', Int32Array.of(Math.max(...lengths) + 1), [1]),
      logits_index: new ort.Tensor('int32', Int32Array.from(lengths.keys()), [lengths.length]),
      ...batchShape(this.#backend, lengths.length, 1, embedDim),
      ...inputs,
    };
    const results = await runSession(this.#session, this.#queue, feeds, { logits: null, ...outputs });
    this.#cache.afterRun(results, 1);
    const logits = (results.logits as OrtTensor).data as Float32Array;
    return Array.from(lengths, (_, row) => logits.subarray(row * vocabSize, (row + 1) * vocabSize));
  }

  #emptyCache(): HostKvArrays {
    return new HostKvArrays(this.#backend.ort, this.#text, 'float32', kvReturn(this.#backend));
  }
}
