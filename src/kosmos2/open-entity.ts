import type { Caption, CaptionMark } from './caption.ts';
import { boxBetween, type Place } from './corner-place.ts';
import type { BoxCorner, Entity, GroundedBox } from './grounded-text.ts';
import { meanScore } from './mean-score.ts';

/** A location token as it came: its patch index, and where it was generated its probability and its place between the cells. */
interface Corner {
  readonly index: number;
  readonly probability: number | null;
  readonly place: Place | null;
}

/** The entity that is being read: first its phrase, if it has one, then its boxes. */
export class OpenEntity {
  /** `phrase`: inside `<phrase>`; `named`: the phrase is closed, its object has not come; `object`: inside `<object>`. */
  stage: 'phrase' | 'named' | 'object';
  readonly #index: number;
  readonly #start: CaptionMark;
  readonly #named: boolean;
  #phraseEnd: number | null = null;
  #upperLeft: Corner | null = null;
  #boxes: readonly GroundedBox[] = [];

  constructor(index: number, start: CaptionMark, stage: 'phrase' | 'object') {
    this.#index = index;
    this.#start = start;
    this.#named = stage === 'phrase';
    this.stage = stage;
  }

  /** Where the corner read last belongs. */
  get lastCorner(): BoxCorner {
    const half = this.#upperLeft !== null;
    return {
      entity: this.#index,
      box: this.#boxes.length - (half ? 0 : 1),
      corner: half ? 'upperLeft' : 'lowerRight',
    };
  }

  get located(): boolean {
    return this.#boxes.length > 0;
  }

  /** The phrase ends here, at `</phrase>` or where its object begins without one. */
  endPhrase(mark: CaptionMark): void {
    this.#phraseEnd ??= mark.index;
    this.stage = 'named';
  }

  /** Two corners in a row make a box. */
  addCorner(corner: Corner): void {
    const first = this.#upperLeft;
    if (first === null) {
      this.#upperLeft = corner;
      return;
    }
    this.#upperLeft = null;
    const pair = { upperLeft: first.index, lowerRight: corner.index };
    const box: GroundedBox = {
      ...pair,
      box: boxBetween(pair, first.place, corner.place),
      score: boxScore(first, corner),
    };
    this.#boxes = [...this.#boxes, box];
  }

  /** Forgets a corner that stayed alone. */
  delimit(): void {
    this.#upperLeft = null;
  }

  /** The entity as it stands. */
  snapshot(caption: Caption, complete: boolean): Entity {
    return {
      index: this.#index,
      ...this.#words(caption),
      boxes: this.#boxes,
      complete,
      score: meanScore(this.#boxes),
    };
  }

  #words(caption: Caption): Pick<Entity, 'phrase' | 'start' | 'end'> {
    const { index, point } = this.#start;
    if (!this.#named) return { phrase: null, start: point, end: point };
    const words = caption.text.slice(index, this.#phraseEnd ?? undefined);
    const phrase = words.trim();
    const start = point + (words.length - words.trimStart().length);
    return { phrase, start, end: start + Array.from(phrase).length };
  }
}

/** A corner from the prompt is certain; a box wholly from the prompt has no score. */
function boxScore(first: Corner, second: Corner): number | null {
  return second.probability === null ? null : (first.probability ?? 1) * second.probability;
}
