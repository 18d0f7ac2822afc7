import type { Prompt } from '../kosmos2/prompt.ts';

/** Multiple choice: how well does each continuation fit behind a prompt? `choiceQuestion` builds one. */
export interface ScoreRequest {
  /** What all choices share, images included. */
  readonly prompt: Prompt;
  /** 1 to 100 continuations, each of at least one token. */
  readonly choices: readonly Prompt[];
}

export interface ScoredToken {
  readonly id: number;
  /** What it adds to the text: a piece with its leading space, or a tag by its name. */
  readonly text: string;
  /** Natural logarithm of its probability after everything before it, over the whole vocabulary, no rule applied. */
  readonly logProbability: number;
}

/** How well one choice fits; the best has the highest `meanLogProbability`. */
export interface ChoiceScore {
  /** Index in the request. */
  readonly choice: number;
  /** Mean over its tokens, at most 0; its exponential is a probability per token, fit for a bar. */
  readonly meanLogProbability: number;
  readonly tokens: readonly ScoredToken[];
}

/** How much room prompts take. */
export interface PromptSizes {
  /**
   * Positions each prompt takes, its images included, without the `<s>` before every sequence. Sizes add up: a context and a
   * prompt together take the sum of both.
   */
  readonly tokens: readonly number[];
  /** Most positions context and prompt may take together; with that many, an answer of two tokens still fits. */
  readonly limit: number;
}
