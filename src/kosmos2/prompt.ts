import type { PatchPair } from './patch-index.ts';

/**
 * A prompt as typed pieces, so that what a person typed can never turn into a tag:
 * only `raw` (expert mode, CLI) matches KOSMOS-2's tags in its text.
 */
export type PromptSegment =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'grounding' }
  /** `joined`: directly behind the piece before, without the space that words begin with. */
  | { readonly kind: 'text'; readonly text: string; readonly joined?: boolean }
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'regions'; readonly boxes: readonly PatchPair[] }
  /** Boxes of an object that goes on: a delimiter behind each, so that the model has to give another. */
  | { readonly kind: 'open-object'; readonly boxes: readonly PatchPair[] }
  | { readonly kind: 'raw'; readonly text: string };

export type Prompt = readonly PromptSegment[];
