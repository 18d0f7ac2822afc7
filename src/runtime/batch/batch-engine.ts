import { resolveOptions } from '../../kosmos2/decoding-options.ts';
import type { Prompt } from '../../kosmos2/prompt.ts';
import { buildSequence, type TextCodec } from '../../kosmos2/sequence.ts';
import { readSpecialTokens, type SpecialTokens } from '../../kosmos2/special-tokens.ts';
import type { ModelPackage } from '../../package/model-package.ts';
import { AppError } from '../../protocol/errors.ts';
import type { GenerationRequest, GenerationResult } from '../../protocol/generation.ts';
import type { BackendInfo } from '../../protocol/messages.ts';
import { Answer } from '../answer.ts';
import type { Backend } from '../backend.ts';
import { CachedSequence } from '../cached-sequence.ts';
import type { Decoder } from '../decoder.ts';
import { type HiddenStates, hiddenStatesOf } from '../hidden-states.ts';
import { pixelValues } from '../image/pixel-values.ts';
import type { RgbImage } from '../image/pixels.ts';
import { type EncodedImage, ImageStore } from '../image-store.ts';
import { HostLogits, type NextLogits } from '../next-logits.ts';
import { nextTask } from '../next-task.ts';
import { checkPromptLength } from '../prompt-length.ts';
import { toRuntimeError } from '../runtime-error.ts';
import type { VisionEncoder } from '../vision-encoder.ts';
import type { BatchDecoder } from './batch-decoder.ts';

/** A request that waits for its turn, and what becomes of it. */
interface Waiting {
  readonly request: GenerationRequest;
  readonly asked: number;
  resolve(result: GenerationResult): void;
  reject(reason: AppError): void;
}

/** A request whose answer is being written, in the row of the batch that has its index. */
interface Row {
  readonly waiting: Waiting;
  /** Prompt and answer so far, the last one not yet run. */
  readonly ids: number[];
  readonly answer: Answer;
  readonly measured: Omit<Parameters<Answer['result']>[0], 'decode'>;
  readonly firstToken: number;
}

/** The parts of an open model, batched. */
export interface BatchParts {
  readonly vision: VisionEncoder;
  /** Prefills one prompt after the other. */
  readonly decoder: Decoder;
  /** Decodes all of them, on the same session. */
  readonly batch: BatchDecoder;
  readonly codec: TextCodec;
}

/**
 * An open model that writes several answers at once. A prompt is prefilled alone, its keys and values join the batch, and
 * from then on every run gives each answer one token; an answer that ends leaves, and the next request takes its place.
 */
export class BatchEngine {
  readonly backend: BackendInfo;
  readonly #pkg: Omit<ModelPackage, 'shards'>;
  readonly #parts: BatchParts;
  readonly #most: number;
  readonly #specials: SpecialTokens;
  readonly #hidden: HiddenStates;
  readonly #images = new ImageStore();
  readonly #cached: CachedSequence;
  readonly #waiting: Waiting[] = [];
  readonly #rows: Row[] = [];
  #working: Promise<void> | null = null;
  #stopped = false;

  /** @param most answers written at once */
  constructor(backend: Backend, pkg: ModelPackage, parts: BatchParts, most: number) {
    const { shards, ...rest } = pkg;
    this.backend = backend.info;
    this.#pkg = rest;
    this.#parts = parts;
    this.#most = most;
    this.#specials = readSpecialTokens(pkg.tokenizer);
    this.#hidden = hiddenStatesOf(pkg);
    this.#cached = new CachedSequence(parts.decoder, this.#hidden);
  }

  /** Keeps a picture under an id of the caller's choice, in place of the one before. @throws AppError IMAGE_LIMIT */
  setImage(image: string, picture: RgbImage): void {
    this.#images.set(image, pixelValues(picture, this.#pkg.preprocessor));
  }

  dropImage(image: string): void {
    this.#images.drop(image);
  }

  /** Answers a prompt, together with all others asked meanwhile. @throws what `Engine.generate` throws */
  answer(request: GenerationRequest): Promise<GenerationResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, asked: performance.now(), resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Ends what is under way with CANCELLED and frees the model. */
  async dispose(): Promise<void> {
    this.#stopped = true;
    await this.#working;
    this.#cached.dispose();
    await this.#parts.vision.dispose();
    await this.#parts.decoder.dispose();
  }

  /** Until nothing is left to do: lets requests in while there is room, then writes a token of each. */
  async #work(): Promise<void> {
    for (;;) {
      // Requests that were made in the same moment start together.
      await nextTask();
      if (this.#stopped) {
        this.#fail(new AppError('CANCELLED', 'Stopped.'));
        break;
      }
      while (this.#rows.length < this.#most) {
        const waiting = this.#waiting.shift();
        if (!waiting) break;
        try {
          await this.#begin(waiting);
        } catch (thrown) {
          waiting.reject(toRuntimeError(thrown));
        }
      }
      if (this.#rows.length === 0) break;
      try {
        await this.#step();
      } catch (thrown) {
        this.#fail(toRuntimeError(thrown));
      }
    }
    // No await since the last look at what waits: whatever is asked from now on begins the work anew.
    this.#working = null;
  }

  /** Prefills a prompt and writes the first token of its answer. */
  async #begin(waiting: Waiting): Promise<void> {
    const { decoder, batch, codec } = this.#parts;
    const { prompt, context = [] } = waiting.request;
    const options = resolveOptions(waiting.request.options ?? {}, this.#pkg.generation);
    const lay = (part: Prompt) => buildSequence(part, codec, this.#specials, this.#pkg.config.latentQueryNum);
    const sequence = lay([...context, ...prompt]);
    const spoken = lay(prompt).ids.length - 1;
    checkPromptLength(sequence.ids.length, decoder.capacity);
    const images: EncodedImage[] = [];
    const started = performance.now();
    for (const { image } of sequence.imageSpans) {
      images.push(await this.#images.encoded(image, this.#parts.vision));
    }
    const encoded = performance.now();
    this.#cached.begin({ ...sequence, images });
    const reusedTokens = this.#cached.length;
    const total = sequence.ids.length;
    let next: NextLogits | null = null;
    while (this.#cached.length < total) next = await this.#cached.prefill(total);
    const answer = new Answer(sequence.ids, total - spoken, options, codec, this.#specials);
    const prefilled = performance.now();
    const { id } = await answer.take(next as NextLogits, decoder.capacity - total, false);
    const firstToken = performance.now();
    const measured = {
      image: encoded - started,
      prefill: prefilled - encoded,
      firstToken: firstToken - waiting.asked,
      promptTokens: total,
      reusedTokens,
    };
    const row: Row = { waiting, ids: [...sequence.ids, id], answer, measured, firstToken };
    if (answer.finish) return this.#finish(row);
    batch.join(decoder.copy(total));
    this.#rows.push(row);
  }

  /** Writes one token of every answer; those that end leave. */
  async #step(): Promise<void> {
    const { decoder, batch } = this.#parts;
    const { embedDim } = this.#pkg.config.text;
    const rows = this.#rows;
    const hidden = new Float32Array(rows.length * embedDim);
    for (const [index, { ids }] of rows.entries()) {
      hidden.set(this.#hidden.of({ ids, imageSpans: [], images: [] }, ids.length - 1, ids.length), index * embedDim);
    }
    const logits = await batch.run(hidden);
    // From the last on, for the last one takes the place of one that leaves.
    for (let index = rows.length - 1; index >= 0; index--) {
      const row = rows[index] as Row;
      const next = new HostLogits(logits[index] as Float32Array);
      const { id } = await row.answer.take(next, decoder.capacity - row.ids.length, false);
      row.ids.push(id);
      if (!row.answer.finish) continue;
      batch.leave(index);
      const last = rows.pop() as Row;
      if (last !== row) rows[index] = last;
      this.#finish(row);
    }
  }

  #finish({ waiting, answer, measured, firstToken }: Row): void {
    waiting.resolve(answer.result({ ...measured, decode: performance.now() - firstToken }));
  }

  /** Ends all answers under way with an error; where the engine was stopped, those that wait too. */
  #fail(reason: AppError): void {
    this.#parts.batch.clear();
    for (const { waiting } of this.#rows.splice(0)) waiting.reject(reason);
    if (this.#stopped) for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
