import { type DecodingOptions, resolveOptions } from '../kosmos2/decoding-options.ts';
import { buildSequence, type TextCodec } from '../kosmos2/sequence.ts';
import { readSpecialTokens, type SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { GenerationEvent, GenerationRequest } from '../protocol/generation.ts';
import type { ModelInfo } from '../protocol/messages.ts';
import type { Backend } from './backend.ts';
import { CachedSequence } from './cached-sequence.ts';
import type { Decoder } from './decoder.ts';
import { generate } from './generate.ts';
import { HiddenStates, type Sequence } from './hidden-states.ts';
import { pixelValues } from './image/pixel-values.ts';
import type { RgbImage } from './image/pixels.ts';
import { ImageStore } from './image-store.ts';
import { toRuntimeError } from './runtime-error.ts';
import { SerialQueue } from './serial-queue.ts';
import { storedReader } from './session.ts';
import { createCodec } from './tokenizer.ts';
import type { VisionEncoder } from './vision-encoder.ts';

const EMBEDDING = 'text_model.model.embed_tokens.weight';

/** An open model: takes images and prompts, gives grounded text. One answer is generated at a time; others wait. */
export class Engine {
  readonly model: ModelInfo;
  readonly #pkg: ModelPackage;
  readonly #vision: VisionEncoder;
  readonly #decoder: Decoder;
  readonly #codec: TextCodec;
  readonly #specials: SpecialTokens;
  readonly #images = new ImageStore();
  readonly #cached: CachedSequence;
  readonly #turns = new SerialQueue();

  constructor(backend: Backend, pkg: ModelPackage, vision: VisionEncoder, decoder: Decoder) {
    const embedding = pkg.weights.get(EMBEDDING);
    if (!embedding) throw new AppError('PACKAGE_WEIGHT_INVALID', `The package has no ${EMBEDDING}. Import it again.`);
    this.#pkg = pkg;
    this.#vision = vision;
    this.#decoder = decoder;
    this.#codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
    this.#specials = readSpecialTokens(pkg.tokenizer);
    this.#cached = new CachedSequence(
      decoder,
      new HiddenStates(embedding, storedReader(pkg.shards), pkg.config.text),
      (image) => this.#images.key(image),
    );
    const { name, description, licence, scheme, files } = pkg.manifest;
    this.model = {
      name,
      description,
      licence,
      scheme,
      bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
      maxTokens: decoder.capacity,
      decoding: resolveOptions({}, pkg.generation),
      backend: backend.info,
    };
  }

  /** Keeps a picture under an id of the caller's choice, in place of the one before. @throws AppError IMAGE_LIMIT */
  setImage(image: string, picture: RgbImage): void {
    this.#images.set(image, pixelValues(picture, this.#pkg.preprocessor));
  }

  dropImage(image: string): void {
    this.#images.drop(image);
  }

  /**
   * Answers a prompt. The last event is the result, also after `signal` aborts (finish `cancelled`, with what was
   * written until then).
   * @throws AppError PROMPT_EMPTY, PROMPT_TOO_LONG, PROMPT_FORBIDDEN_TOKEN, REGION_INVALID, OPTION_INVALID,
   * IMAGE_UNKNOWN, DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED
   */
  async *generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, void> {
    const started = performance.now();
    const options = resolveOptions(request.options ?? {}, this.#pkg.generation);
    const leave = await this.#turns.enter();
    try {
      const sequence = this.#sequence(request, options);
      const imageRows: Float32Array[] = [];
      let imageMilliseconds = 0;
      for (const { image } of sequence.imageSpans) {
        const encoded = this.#images.isEncoded(image);
        if (!encoded) yield { type: 'image', image };
        const before = performance.now();
        imageRows.push(await this.#images.rows(image, this.#vision));
        if (!encoded) imageMilliseconds += performance.now() - before;
      }
      yield* generate({
        sequence: { ...sequence, imageRows },
        options,
        cached: this.#cached,
        codec: this.#codec,
        specials: this.#specials,
        started,
        imageMilliseconds,
        signal,
      });
    } catch (thrown) {
      throw toRuntimeError(thrown);
    } finally {
      leave();
    }
  }

  async dispose(): Promise<void> {
    const leave = await this.#turns.enter();
    await this.#vision.dispose();
    await this.#decoder.dispose();
    leave();
  }

  /** Ids of the prompt, checked against the room there is and the images there are. */
  #sequence({ prompt }: GenerationRequest, options: DecodingOptions): Omit<Sequence, 'imageRows'> {
    const sequence = buildSequence(prompt, this.#codec, this.#specials, this.#pkg.config.latentQueryNum);
    for (const { image } of sequence.imageSpans) this.#images.key(image);
    const tokens = sequence.ids.length;
    const limit = this.#decoder.capacity - 1;
    if (tokens > limit) {
      throw new AppError(
        'PROMPT_TOO_LONG',
        `The prompt has ${tokens} tokens (images included), but only ${limit} fit this model with room for an answer. Shorten it.`,
        { tokens, limit, maxNewTokens: options.maxNewTokens },
      );
    }
    return sequence;
  }
}
