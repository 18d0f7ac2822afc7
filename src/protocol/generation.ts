import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { BoxCorner, GroundedText } from '../kosmos2/grounded-text.ts';
import type { Prompt } from '../kosmos2/prompt.ts';

/** One question to the model. Images inside the prompt are named by the ids under which they were set. */
export interface GenerationRequest {
  readonly prompt: Prompt;
  /**
   * What the model reads before the prompt and the result leaves out: earlier turns of a dialogue, demonstrations of a
   * few-shot prompt. The image of the prompt may stand here.
   */
  readonly context?: Prompt | undefined;
  /** What is left out comes from the package's generation_config.json. */
  readonly options?: Partial<DecodingOptions> | undefined;
  /** Whether token events say what else the model thought of; costs some milliseconds a token. */
  readonly trace?: boolean | undefined;
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
  /** Prompt (without its image and context) and answer with their tags, as the reference prints them. */
  readonly text: string;
  /** The generated part in plain words. */
  readonly answer: string;
  readonly grounded: GroundedText;
  readonly finish: FinishReason;
  readonly timings: Timings;
}

/** A token the model reads. */
export interface PromptToken {
  readonly id: number;
  /** As in the token event. */
  readonly text: string;
}

/** A token the model could have written. */
export interface TokenAlternative {
  readonly id: number;
  /** As in the token event. */
  readonly text: string;
  readonly probability: number;
}

/** How the model came to a token. All probabilities are at temperature 1, after the no-repeat rule and the grammar. */
export interface TokenTrace {
  /** The most probable tokens, at most 5, most probable first; the written one is among them unless it was sampled. */
  readonly alternatives: readonly TokenAlternative[];
  /** Which corner of which box this token is; null for any other token. */
  readonly corner: BoxCorner | null;
  /**
   * For a location token the probability of each cell, `[1024]`, row by row of the 32 x 32 grid, scaled to sum to 1 over
   * the grid; cells that the grammar rules out have 0. Null for any other token.
   */
  readonly locations: Float32Array | null;
}

/** What generation tells while it runs, in this order: phases, tokens, and one result at the end. */
export type GenerationEvent =
  /** The worker was lost and the answer begins anew on another: what was told of it before counts no more. */
  | { readonly type: 'restart' }
  | { readonly type: 'image'; readonly image: string }
  /** Only with `trace`: what the model reads, context and prompt, without the rows that stand for images. */
  | { readonly type: 'prompt'; readonly tokens: readonly PromptToken[] }
  | { readonly type: 'prefill'; readonly done: number; readonly total: number }
  | {
      readonly type: 'token';
      readonly id: number;
      /** What it adds to the text: a piece with its leading space, or a tag by its name. */
      readonly text: string;
      /** Probability at temperature 1 after the mask. */
      readonly probability: number;
      readonly grounded: GroundedText;
      /** Null unless the request asked for it. */
      readonly trace: TokenTrace | null;
    }
  | { readonly type: 'result'; readonly result: GenerationResult };
