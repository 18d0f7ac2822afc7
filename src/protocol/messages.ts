import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import type { CaptureReport, CaptureWish } from './capture.ts';
import type { SentMessage } from './count-sent.ts';
import type { WireError } from './errors.ts';
import type { GenerationEvent, GenerationRequest } from './generation.ts';
import type { InspectionSource, ModelInspection } from './inspection.ts';
import type { ChoiceScore, PromptSizes, ScoreRequest } from './scoring.ts';
import type { SelfTestReport } from './self-test.ts';

/**
 * Which execution provider to use: `auto` takes WebGPU where there is an adapter, otherwise WASM; `auto-f32` does the
 * same without float16.
 */
export type BackendChoice = 'auto' | 'auto-f32' | 'webgpu' | 'wasm';

/** What runs the model now. */
export interface BackendInfo {
  /** `native`: onnxruntime-node, under Node only. */
  readonly kind: 'webgpu' | 'wasm' | 'native';
  /** Adapter in words, e.g. `Apple M2`; for WASM the number of threads; for `native` the device too. */
  readonly adapter: string;
  /** Type of activations and KV cache. */
  readonly activation: 'f32' | 'f16';
  /** Which onnxruntime-web build was loaded. */
  readonly build: 'jspi' | 'asyncify' | 'node';
  /** Absolute address of that build's wasm file; null in Node. */
  readonly wasm: string | null;
  /** Why WebGPU was not taken although it was not ruled out; null otherwise. */
  readonly fallbackReason: WireError | null;
}

/** The open model, as the page needs to know it. */
export interface ModelInfo {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly scheme: string;
  /** Sum of all package files. */
  readonly bytes: number;
  /** Of the hashes of all package files: another for every other package. */
  readonly contents: string;
  /** KV capacity: prompt (image rows included) and answer together. */
  readonly maxTokens: number;
  /** The package's own decoding defaults. */
  readonly decoding: DecodingOptions;
  readonly backend: BackendInfo;
  /** Where tokens are chosen: `GPU`, or `CPU` and why not on the GPU it runs on. In English, for bug reports. */
  readonly choosing: string;
}

/** Where opening stands, in the order of the phases. */
export type OpenProgress =
  /** Another window of this site writes the same stored model. */
  | { readonly phase: 'waiting' }
  /** A damaged stored model is looked through, and what is wrong put right: bytes that are right. */
  | { readonly phase: 'mending'; readonly done: number; readonly total: number }
  | { readonly phase: 'download'; readonly received: number; readonly total: number }
  | { readonly phase: 'runtime' }
  | { readonly phase: 'build' }
  | { readonly phase: 'warmup'; readonly done: number; readonly total: number };

export interface ImageInfo {
  readonly image: string;
  /** Size in pixels as a browser shows it (after EXIF rotation). */
  readonly width: number;
  readonly height: number;
}

interface OpenMessage {
  readonly type: 'open';
  readonly id: number;
  /** Folder of the package, absolute, ending in `/`; or `stored:<name>` for one in this browser's storage. */
  readonly url: string;
  readonly backend: BackendChoice;
  /** Folder of the recorded answers the model is checked against, absolute, ending in `/`; null leaves the check out. */
  readonly selfTests: string | null;
  /** Whether tokens may be run from a recording, which is tried when the worker is idle after an answer; left out, it is off. */
  readonly capture?: CaptureWish | undefined;
}

/** Asks what the model at a place is and needs; only its smallest files are read. */
interface InspectMessage {
  readonly type: 'inspect';
  readonly id: number;
  readonly source: InspectionSource;
  readonly backend: BackendChoice;
}

/** Decodes and keeps an image under a name of the page's choice; it is encoded when first needed. */
interface SetImageMessage {
  readonly type: 'set-image';
  readonly id: number;
  readonly image: string;
  readonly blob: Blob;
}

/** Encodes an image ahead of the first question about it; whatever is asked meanwhile goes first. */
interface PrepareMessage {
  readonly type: 'prepare';
  readonly id: number;
  readonly image: string;
}

interface DropImageMessage {
  readonly type: 'drop-image';
  readonly id: number;
  readonly image: string;
}

interface GenerateMessage extends GenerationRequest {
  readonly type: 'generate';
  readonly id: number;
}

interface ScoreMessage extends ScoreRequest {
  readonly type: 'score';
  readonly id: number;
}

/** Asks how many tokens prompts have. */
interface MeasureMessage {
  readonly type: 'measure';
  readonly id: number;
  readonly prompts: readonly Prompt[];
}

/** Stops request `target` at the next token, prefill chunk or phase. It has no answer of its own. */
interface CancelMessage {
  readonly type: 'cancel';
  readonly target: number;
}

/** Frees the model and its GPU memory. */
interface CloseMessage {
  readonly type: 'close';
  readonly id: number;
}

/** Page to worker. */
export type Request =
  | OpenMessage
  | InspectMessage
  | SetImageMessage
  | DropImageMessage
  | PrepareMessage
  | GenerateMessage
  | ScoreMessage
  | MeasureMessage
  | CancelMessage
  | CloseMessage;

/** Worker to page; `id` is that of the request it belongs to. */
export type Reply =
  | SentMessage
  /** First word of a worker: it listens, and holds the Web Lock of this name (null without Web Locks) while it lives. */
  | { readonly type: 'hello'; readonly lock: string | null }
  | { readonly type: 'open-progress'; readonly id: number; readonly progress: OpenProgress }
  | { readonly type: 'opened'; readonly id: number; readonly model: ModelInfo }
  | { readonly type: 'inspected'; readonly id: number; readonly inspection: ModelInspection }
  | { readonly type: 'image-set'; readonly id: number; readonly info: ImageInfo }
  | { readonly type: 'generation'; readonly id: number; readonly event: GenerationEvent }
  | { readonly type: 'scored'; readonly id: number; readonly scores: readonly ChoiceScore[] }
  | { readonly type: 'measured'; readonly id: number; readonly sizes: PromptSizes }
  /** Comes by itself, some time after `opened`. */
  | { readonly type: 'self-tested'; readonly report: SelfTestReport }
  /** Likewise, of the model opened last. */
  | { readonly type: 'captured'; readonly report: CaptureReport }
  | { readonly type: 'ok'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: WireError };
