/** How the next token is chosen. */
export interface DecodingOptions {
  /** Most tokens to generate, a final `</s>` included. */
  readonly maxNewTokens: number;
  /** 0 is greedy; otherwise logits are divided by it before sampling. */
  readonly temperature: number;
  /** Nucleus: the smallest set of tokens whose probabilities reach this sum; 1 keeps all. */
  readonly topP: number;
  /** Seed of the sampler: the same seed gives the same answer. */
  readonly seed: number;
  /** 0 is off; 3 is the official demo's rule. */
  readonly noRepeatNgramSize: number;
  /** Whether locations are kept well-formed by masking the logits. */
  readonly grammar: boolean;
}
