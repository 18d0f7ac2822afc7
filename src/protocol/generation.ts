import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import type { Prompt } from '../kosmos2/prompt.ts';

/** One question to the model. Images inside the prompt are named by the ids under which they were set. */
export interface GenerationRequest {
  readonly prompt: Prompt;
  /** What is left out comes from the package's generation_config.json. */
  readonly options?: Partial<DecodingOptions> | undefined;
}

/** Why generation ended. */
export type FinishReason = 'eos' | 'length' | 'capacity' | 'cancelled';

/** All times in milliseconds, measured in the worker. */
export interface Timings {
  /** Encoding of the images that were not encoded before; 0 when all were. */
  readonly image: number;
  /** Prefill of the part of the prompt that was not in the KV cache. */
  readonly prefill: number;
  /** From the start of the request to its first token. */
  readonly firstToken: number;
  /** From the first token to the last. */
  readonly decode: number;
  readonly promptTokens: number;
  /** Prompt positions taken over from the KV cache. */
  readonly reusedTokens: number;
  readonly newTokens: number;
  /** Tokens after the first per second of decoding; 0 for a single token. */
  readonly tokensPerSecond: number;
}

export interface GenerationResult {
  /** Generated ids, a final `</s>` included. */
  readonly ids: readonly number[];
  /** Prompt (without the image) and answer with their tags, as the reference prints them. */
  readonly text: string;
  /** The generated part in plain words. */
  readonly answer: string;
  readonly grounded: GroundedText;
  readonly finish: FinishReason;
  readonly timings: Timings;
}

/** What generation tells while it runs, in this order: phases, tokens, and one result at the end. */
export type GenerationEvent =
  | { readonly type: 'image'; readonly image: string }
  | { readonly type: 'prefill'; readonly done: number; readonly total: number }
  | {
      readonly type: 'token';
      readonly id: number;
      /** Probability at temperature 1 after the mask. */
      readonly probability: number;
      readonly grounded: GroundedText;
    }
  | { readonly type: 'result'; readonly result: GenerationResult };
