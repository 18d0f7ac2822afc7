import { Kosmos2Error } from './errors.ts';
import type { GenerationConfig } from './generation-config.ts';

/** How the next token is chosen, and how its boxes are drawn. */
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
  /** Whether the corners of boxes are at the centres of their cells, as in the reference, or between them (corner-place.ts). */
  readonly gridBoxes: boolean;
}

/** Twice the positions of the official model; what really fits is the KV cache's to say. */
export const MAX_NEW_TOKENS = 4096;
/** Longer n-grams never repeat by chance, so a larger number is a mistake. */
export const MAX_NGRAM = 64;
/** Above this sampling is noise. */
const MAX_TEMPERATURE = 10;
/** Seeds are the 32 bits of the generator's state. */
const MAX_SEED = 0xffff_ffff;

/**
 * Fills in what a request leaves out: greedy, grammar on, corners between the cells, and the package's own limit and n-gram rule.
 * @throws Kosmos2Error OPTION_INVALID naming the option, its value and the limit
 */
export function resolveOptions(
  partial: { readonly [K in keyof DecodingOptions]?: DecodingOptions[K] | undefined },
  defaults: GenerationConfig,
): DecodingOptions {
  return {
    maxNewTokens: number('maxNewTokens', partial.maxNewTokens ?? defaults.maxNewTokens, 1, MAX_NEW_TOKENS, true),
    temperature: number('temperature', partial.temperature ?? 0, 0, MAX_TEMPERATURE),
    topP: number('topP', partial.topP ?? 1, Number.MIN_VALUE, 1),
    seed: number('seed', partial.seed ?? 0, 0, MAX_SEED, true),
    noRepeatNgramSize: number(
      'noRepeatNgramSize',
      partial.noRepeatNgramSize ?? defaults.noRepeatNgramSize,
      0,
      MAX_NGRAM,
      true,
    ),
    grammar: boolean('grammar', partial.grammar ?? true),
    gridBoxes: boolean('gridBoxes', partial.gridBoxes ?? false),
  };
}

function number(option: string, value: unknown, min: number, max: number, whole = false): number {
  const fits = typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) return value;
  const range = min === Number.MIN_VALUE ? `above 0 and at most ${max}` : `from ${min} to ${max}`;
  const kind = whole ? 'a whole number' : 'a number';
  throw new Kosmos2Error('OPTION_INVALID', `${option} must be ${kind} ${range}, but is ${String(value)}.`, {
    option,
    value,
    min,
    max,
  });
}

function boolean(option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new Kosmos2Error('OPTION_INVALID', `${option} must be true or false, but is ${String(value)}.`, {
    option,
    value,
  });
}
