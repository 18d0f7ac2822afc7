import type { Prompt } from '../kosmos2/prompt.ts';
import type { CaptureReport, CaptureWish } from './capture.ts';
import type { AppError } from './errors.ts';
import type { GenerationEvent, GenerationRequest } from './generation.ts';
import type { InspectionSource, ModelInspection } from './inspection.ts';
import type { BackendChoice, ImageInfo, ModelInfo, OpenProgress } from './messages.ts';
import type { ChoiceScore, PromptSizes, ScoreRequest } from './scoring.ts';
import type { SelfTestReport } from './self-test.ts';

export interface OpenOptions {
  readonly backend?: BackendChoice | undefined;
  /** Folder of the recorded answers the model is checked against when the worker is idle; without one it is not. */
  readonly selfTests?: string | undefined;
  /**
   * Whether tokens may be run from a recording of the GPU's work, which is tried when the worker is idle after an answer;
   * `off` by default.
   */
  readonly capture?: CaptureWish | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: OpenProgress) => void) | undefined;
}

/** Where a lost model stands that is opened again; once it runs, `onRecovered` tells. */
export type Recovery =
  | { readonly phase: 'loading'; readonly backend: BackendChoice; readonly progress: OpenProgress | null }
  | { readonly phase: 'failed'; readonly backend: BackendChoice; readonly error: AppError };

/**
 * The page's side of the worker that owns the model. Every failure is an AppError. When the worker or its GPU is lost, a
 * new worker gets the model and the images it is asked about, and running requests are made anew: at most twice, then once more on
 * every lower rung there is (float16, float32, CPU). Only then they fail.
 */
export interface EngineClient {
  /**
   * Opens the package in the folder at `url`, which may be relative to the page. The one open before is let go of first, with
   * all images, so that there is none where this fails or is stopped under way. Waits for the answers under way; an `open` that
   * is under way itself fails with CANCELLED.
   */
  open(url: string, options?: OpenOptions): Promise<ModelInfo>;
  /**
   * What the model at a place is and needs of this device, before its weights are fetched. Addresses are absolute here, as
   * people type them; `new URL('/models/demo/', document.baseURI).href` makes one. Fails with CANCELLED after `signal` aborts.
   */
  inspect(source: InspectionSource, options?: Pick<OpenOptions, 'backend' | 'signal'>): Promise<ModelInspection>;
  /**
   * Gives the model an image under a name; the same name again replaces it. Fails with CANCELLED after `signal` aborts, and
   * leaves the one before.
   */
  setImage(image: string, blob: Blob, signal?: AbortSignal): Promise<ImageInfo>;
  dropImage(image: string): Promise<void>;
  /**
   * Encodes an image before anything is asked about it, so that the first question costs only its own words. It gives
   * way to questions and to `signal`, and ends quietly then.
   */
  prepare(image: string, signal?: AbortSignal): Promise<void>;
  /**
   * Ends with a `result` event; after `signal` aborts it ends with a result whose finish is `cancelled`.
   * @throws AppError CANCELLED where it is stopped while a lost worker is being replaced, or disposed of
   */
  generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, void>;
  /**
   * Scores the choices of a question, in their order; the part they share is read once. Fails with CANCELLED after
   * `signal` aborts.
   */
  score(request: ScoreRequest, signal?: AbortSignal): Promise<readonly ChoiceScore[]>;
  /** How much room prompts take, without reading them; their images need not be set. */
  measure(prompts: readonly Prompt[]): Promise<PromptSizes>;
  /** Stops every answer and score under way, as aborting its signal does. */
  cancel(): void;
  /** Called when the worker is lost; returns a function that stops listening. */
  onLost(listener: () => void): () => void;
  /** Called while a lost model is opened again, and where that fails and nothing tries it at once; returns a function that stops listening. */
  onRecovering(listener: (recovery: Recovery) => void): () => void;
  /** Called with the model as it runs after a loss; returns a function that stops listening. */
  onRecovered(listener: (model: ModelInfo) => void): () => void;
  /**
   * Called when the open model was checked against a recorded answer, which goes on until it was passed once for a package, a
   * device and a release; returns a function that stops listening. After a failure with `another`, opening again takes another way.
   */
  onSelfTest(listener: (report: SelfTestReport) => void): () => void;
  /** Called when it was tried whether tokens may be run from a recording; returns a function that stops listening. */
  onCapture(listener: (report: CaptureReport) => void): () => void;
  /** Ends the worker and frees everything. */
  dispose(): void;
}
