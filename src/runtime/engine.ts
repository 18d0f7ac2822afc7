import { resolveOptions } from '../kosmos2/decoding-options.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { buildSequence, layOut, type Sequence, type TextCodec } from '../kosmos2/sequence.ts';
import { readSpecialTokens, type SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { ModelPackage } from '../package/model-package.ts';
import type { CaptureReport, CaptureWish } from '../protocol/capture.ts';
import type { GenerationEvent, GenerationRequest } from '../protocol/generation.ts';
import { latePart } from '../protocol/late-part.ts';
import type { ModelInfo } from '../protocol/messages.ts';
import type { ChoiceScore, PromptSizes, ScoreRequest } from '../protocol/scoring.ts';
import type { Agreement } from './agreement.ts';
import type { Backend } from './backend.ts';
import { CachedSequence } from './cached-sequence.ts';
import type { CaptureTrial } from './capture/capture-trial.ts';
import type { Decoder } from './decoder.ts';
import { generate } from './generate.ts';
import { hiddenStatesOf } from './hidden-states.ts';
import { pixelValues } from './image/pixel-values.ts';
import type { RgbImage } from './image/pixels.ts';
import { type EncodedImage, ImageStore } from './image-store.ts';
import { modelInfo } from './model-info.ts';
import { nextTask } from './next-task.ts';
import { checkPromptLength, longestPrompt } from './prompt-length.ts';
import { toRuntimeError } from './runtime-error.ts';
import type { SelfTestCase } from './self-test-cases.ts';
import { SerialQueue } from './serial-queue.ts';
import type { VisionEncoder } from './vision-encoder.ts';

const scoring = latePart(() => import('./score.ts'));
/** No id of a page: those are not empty. */
const SELF_TEST_IMAGE = '';

/** An open model: takes images and prompts, gives grounded text. One answer is generated at a time; others wait. */
export class Engine {
  readonly model: ModelInfo;
  /** What it runs on; null on the CPU. */
  readonly device: GPUDevice | null;
  /** Without the shards: the weights are on the device by now. */
  readonly #pkg: Omit<ModelPackage, 'shards'>;
  readonly #vision: VisionEncoder;
  readonly #decoder: Decoder;
  readonly #codec: TextCodec;
  readonly #specials: SpecialTokens;
  readonly #images = new ImageStore();
  readonly #cached: CachedSequence;
  readonly #turns = new SerialQueue();
  #preparing: AbortController | null = null;
  #trial: CaptureTrial | null = null;
  #disposed: Promise<void> | null = null;

  constructor(backend: Backend, pkg: ModelPackage, vision: VisionEncoder, decoder: Decoder, codec: TextCodec) {
    const { shards, ...rest } = pkg;
    this.device = backend.device;
    this.#pkg = rest;
    this.#vision = vision;
    this.#decoder = decoder;
    this.#codec = codec;
    this.#specials = readSpecialTokens(pkg.tokenizer);
    this.#cached = new CachedSequence(decoder, hiddenStatesOf(pkg));
    this.model = modelInfo(pkg, backend, decoder);
  }

  /** Keeps a picture under an id of the caller's choice, in place of the one before. @throws AppError IMAGE_LIMIT */
  setImage(image: string, picture: RgbImage): void {
    this.#images.set(image, pixelValues(picture, this.#pkg.preprocessor));
  }

  dropImage(image: string): void {
    this.#images.drop(image);
  }

  /**
   * Encodes an image and runs what every question about it begins with, so that the question costs only its own words.
   * It gives way to whatever is asked next and to `signal`, keeping what it has done.
   * @throws AppError IMAGE_UNKNOWN, DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED
   */
  async prepare(image: string, signal?: AbortSignal): Promise<void> {
    await this.#inBackground(signal, async (stopped) => {
      const sequence = this.#lay([{ kind: 'image', image }]);
      const encoded = await this.#images.encoded(image, this.#vision);
      const laid = { ...sequence, images: [encoded] };
      // A conversation about it goes on from where it is.
      if (stopped.aborted || this.#cached.holds(laid)) return;
      this.#cached.begin(laid);
      while (this.#cached.length < sequence.ids.length && !stopped.aborted) {
        await (await this.#cached.prefill(sequence.ids.length)).computed();
        await nextTask();
      }
    });
  }

  /**
   * How often the model's first choice is the recorded token, tags left out. It gives way like `prepare`.
   * @param most positions looked at; the rest of the recorded answer is left out
   * @returns null when it gave way
   * @throws AppError DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED
   */
  async selfTest(
    { ids, imageStart, answerStart }: SelfTestCase,
    picture: RgbImage,
    most: number,
    signal?: AbortSignal,
  ): Promise<Agreement | null> {
    return this.#inBackground(signal, async (stopped) => {
      this.#images.set(SELF_TEST_IMAGE, pixelValues(picture, this.#pkg.preprocessor));
      try {
        const images = [await this.#images.encoded(SELF_TEST_IMAGE, this.#vision)];
        const span = { image: SELF_TEST_IMAGE, start: imageStart, length: this.#pkg.config.latentQueryNum };
        const sequence = { ids: ids.slice(0, answerStart + most), imageSpans: [span], images };
        const { measureAgreement } = await import('./agreement.ts');
        const { phrase, endPhrase, object, endObject } = this.#specials;
        // They follow from the answer so far, whatever the picture shows.
        const tags = new Set([phrase, endPhrase, object, endObject]);
        return await measureAgreement(sequence, answerStart, this.#cached, stopped, (id) => !tags.has(id));
      } finally {
        this.#images.drop(SELF_TEST_IMAGE);
      }
    });
  }

  /**
   * Finds out whether single tokens may be run from a recording of the GPU's work, and runs them so from then on where they
   * may. It gives way like `prepare`, and goes on when it is called again.
   * Whether it is worth a try `captureRefusal` tells.
   * @param pkg the package that is open: its weights are needed once more
   * @param onLost hears why tokens are run plainly again, should the recording fail in a later answer, which goes on
   * @returns null when it gave way
   * @throws AppError DEVICE_LOST
   */
  async tryCapture(
    pkg: ModelPackage,
    wish: CaptureWish,
    signal?: AbortSignal,
    onLost: (report: CaptureReport) => void = () => {},
  ): Promise<CaptureReport | null> {
    const { CaptureTrial } = await import('./capture/capture-trial.ts');
    return this.#inBackground(signal, async (stopped) => {
      this.#trial ??= new CaptureTrial(this.#decoder, pkg, wish, onLost);
      const report = await this.#trial.run(stopped);
      // It holds the package.
      if (report) this.#trial = null;
      return report;
    });
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
    this.#preparing?.abort();
    const leave = await this.#turns.enter(signal);
    try {
      const { prompt, context = [], trace = false } = request;
      const sequence = this.#sequence([...context, ...prompt]);
      // A prompt that says nothing is refused, whatever its context says.
      const spoken = this.#build(prompt).ids.length - 1;
      const pictures = this.#images.taken(sequence.imageSpans);
      const images: EncodedImage[] = [];
      let imageMilliseconds = 0;
      for (const { image } of sequence.imageSpans) {
        const encoded = pictures.isEncoded(image);
        if (!encoded) {
          yield { type: 'image', image };
          await nextTask();
        }
        if (signal?.aborted) break;
        const before = performance.now();
        images.push(await pictures.encoded(image, this.#vision));
        if (!encoded) imageMilliseconds += performance.now() - before;
      }
      yield* generate({
        sequence: { ...sequence, images },
        contextTokens: sequence.ids.length - spoken,
        trace,
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

  /**
   * Scores the choices of a question; the part they share is read once.
   * @throws AppError OPTION_INVALID for no choice or too many, CANCELLED, and what `generate` throws
   */
  async score({ prompt, choices }: ScoreRequest, signal?: AbortSignal): Promise<readonly ChoiceScore[]> {
    this.#preparing?.abort();
    const leave = await this.#turns.enter(signal);
    try {
      signal?.throwIfAborted();
      const { checkChoices, scoreChoice } = await scoring();
      checkChoices(choices);
      const start = this.#sequence(prompt).ids.length;
      const sequences = choices.map((choice) => this.#sequence([...prompt, ...choice]));
      const pictures = this.#images.taken(sequences.flatMap(({ imageSpans }) => imageSpans));
      const scores: ChoiceScore[] = [];
      for (const [choice, sequence] of sequences.entries()) {
        const images: EncodedImage[] = [];
        for (const { image } of sequence.imageSpans) {
          await nextTask();
          signal?.throwIfAborted();
          images.push(await pictures.encoded(image, this.#vision));
        }
        scores.push(await scoreChoice(choice, { ...sequence, images }, start, this.#cached, this.#codec, signal));
      }
      return scores;
    } catch (thrown) {
      throw toRuntimeError(thrown);
    } finally {
      leave();
    }
  }

  /**
   * How much room prompts take. Their images need not be set.
   * @throws AppError PROMPT_TOO_LONG above the bounds on characters and parts, PROMPT_FORBIDDEN_TOKEN, REGION_INVALID
   */
  measure(prompts: readonly Prompt[]): PromptSizes {
    const tokens = prompts.map((prompt) => this.#lay(prompt).ids.length - 1);
    return { tokens, limit: longestPrompt(this.#decoder.capacity) - 1 };
  }

  /** Frees the model, once the answer under way has ended; what is done in the background ends at once. A second call does nothing. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#preparing?.abort();
    const leave = await this.#turns.enter();
    try {
      this.#cached.dispose();
      // What cannot be freed must not keep the rest from being so. The trial goes before the decoder, whose memory it runs in.
      for (const part of [this.#trial, this.#vision, this.#decoder]) await part?.dispose().catch(() => {});
    } finally {
      leave();
    }
  }

  /** Work that nobody waits for: whatever is asked meanwhile ends it. @returns null where it was ended before it began */
  async #inBackground<T>(
    signal: AbortSignal | undefined,
    work: (stopped: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    this.#preparing?.abort();
    const preparing = new AbortController();
    this.#preparing = preparing;
    const stopped = signal ? AbortSignal.any([signal, preparing.signal]) : preparing.signal;
    const leave = await this.#turns.enter(stopped);
    try {
      return stopped.aborted ? null : await work(stopped);
    } catch (thrown) {
      throw toRuntimeError(thrown);
    } finally {
      leave();
    }
  }

  /** Ids of a part of a prompt, behind `<s>`. */
  #lay(part: Prompt): Sequence {
    return layOut(part, this.#codec, this.#specials, this.#pkg.config.latentQueryNum);
  }

  /** Ids of a prompt that says something, behind `<s>`. */
  #build(prompt: Prompt): Sequence {
    return buildSequence(prompt, this.#codec, this.#specials, this.#pkg.config.latentQueryNum);
  }

  /** Ids of a whole prompt, checked against the room there is. */
  #sequence(prompt: Prompt): Sequence {
    const sequence = this.#build(prompt);
    checkPromptLength(sequence.ids.length, this.#decoder.capacity);
    return sequence;
  }
}
