import { isOrdered, PATCH_COUNT } from './patch-index.ts';
import { patchOf, type SpecialTokens } from './special-tokens.ts';

/** Where a sequence stands: outside of objects, or before one of the parts of a location. */
type State =
  | { readonly expects: 'anything' }
  | { readonly expects: 'upperLeft' }
  | { readonly expects: 'lowerRight'; readonly upperLeft: number }
  | { readonly expects: 'delimiterOrEnd' };

const ANYTHING: State = { expects: 'anything' };

/**
 * Follows a sequence token by token and says which tokens keep its locations well-formed: after `<object>` corner pairs
 * with the lower-right neither above nor left of the upper-left, separated by the delimiter, then `</object>`. It never
 * asks for an `<object>` and leaves everything outside of objects alone. A sequence that breaks the rules by itself (a
 * prompt can) counts as outside until its next `<object>`.
 */
export class LocationGrammar {
  readonly #specials: SpecialTokens;
  #state: State = ANYTHING;

  constructor(specials: SpecialTokens) {
    this.#specials = specials;
  }

  /** Reads the next token of the sequence, from prompt or model. */
  advance(id: number): void {
    const { object, delimiter } = this.#specials;
    const patch = patchOf(id, this.#specials);
    const { expects } = this.#state;
    if (id === object) this.#state = { expects: 'upperLeft' };
    else if (expects === 'upperLeft' && patch !== null) this.#state = { expects: 'lowerRight', upperLeft: patch };
    else if (expects === 'lowerRight' && patch !== null) this.#state = { expects: 'delimiterOrEnd' };
    else if (expects === 'delimiterOrEnd' && id === delimiter) this.#state = { expects: 'upperLeft' };
    else this.#state = ANYTHING;
  }

  /** Ids that may come next, in ascending order; null where every id may. */
  allowed(): readonly number[] | null {
    const { firstPatch, delimiter, endObject } = this.#specials;
    switch (this.#state.expects) {
      case 'anything':
        return null;
      case 'upperLeft':
        return Array.from({ length: PATCH_COUNT }, (_, patch) => firstPatch + patch);
      case 'lowerRight':
        return cornersAfter(this.#state.upperLeft).map((patch) => firstPatch + patch);
      case 'delimiterOrEnd':
        return [delimiter, endObject].sort((a, b) => a - b);
    }
  }
}

/** Patch indices that can close a box begun at `upperLeft`; at least that cell itself. */
function cornersAfter(upperLeft: number): number[] {
  const below = Array.from({ length: PATCH_COUNT - upperLeft }, (_, i) => upperLeft + i);
  return below.filter((lowerRight) => isOrdered({ upperLeft, lowerRight }));
}
