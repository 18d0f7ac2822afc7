import { SAME_PLACE } from '../../kosmos2/box.ts';
import type { Place } from '../../state/app-state.ts';
import { isNamed, type MarkedBox, overlapOf } from '../../state/marks.ts';

/** How strongly a box shows: `selected` > `lifted` > `plain` > `quiet`. */
export type Emphasis = 'selected' | 'lifted' | 'plain' | 'quiet';

/** Behind the label of a box that a person changed. */
const EDITED = '✎';

export interface StageBox {
  readonly mark: MarkedBox;
  readonly label: string;
  readonly phrase: string | null;
}

/**
 * The boxes to draw, those of the focused answer first, then in the order of the answers. A place that several answers marked
 * is drawn once: the focused answer's box, otherwise the one that a person corrected, as in the exports, otherwise the oldest.
 * @param turns the answers of the picture in their order; marks come in that in which they were made, corrected or brought back
 */
export function stageBoxes(
  marks: readonly MarkedBox[],
  focus: string | null,
  turns: readonly string[] = [...new Set(marks.map(({ turn }) => turn))],
): readonly StageBox[] {
  const place = ({ turn }: MarkedBox) => (turn === focus ? -1 : turns.indexOf(turn));
  const ordered = marks.toSorted((a, b) => place(a) - place(b) || a.entity - b.entity || a.index - b.index);
  const rank = ({ turn, edited }: MarkedBox) => (turn === focus ? 0 : edited ? 1 : 2);
  const ranked = ordered.toSorted((a, b) => rank(a) - rank(b));
  const shown = new Set<MarkedBox>();
  for (const mark of ranked) {
    const drawn = [...shown].some(
      (other) => other.number === mark.number && other.turn !== mark.turn && overlapOf(other, mark) >= SAME_PLACE,
    );
    if (!drawn) shown.add(mark);
  }
  const seen = new Set<string>();
  return ordered
    .filter((mark) => shown.has(mark))
    .map((mark) => {
      const entity = `${mark.turn}/${mark.entity}`;
      const phrase = phraseOf(mark, ranked);
      const first = !seen.has(entity);
      seen.add(entity);
      const inFocus = focus === null || mark.turn === focus;
      const named = first && inFocus && phrase !== null ? `${mark.number} ${phrase}` : `${mark.number}`;
      return { mark, phrase, label: mark.edited ? `${named} ${EDITED}` : named };
    });
}

/** A region put into a question is called "it": its name is the one an answer gave to the same thing. */
function phraseOf(mark: MarkedBox, marks: readonly MarkedBox[]): string | null {
  if (isNamed(mark)) return mark.phrase;
  const named = marks.find((other) => other.number === mark.number && isNamed(other));
  return named?.phrase ?? (mark.phrase || null);
}

/** Emphasis of a box while a person points somewhere or has selected something. */
export function emphasisOf(
  mark: MarkedBox,
  focus: string | null,
  pointed: Place | null,
  selected: Place | null,
): Emphasis {
  if (selected && isAt(mark, selected)) return 'selected';
  if (pointed) {
    if (isAt(mark, pointed)) return 'lifted';
    // The other boxes of the same phrase stay as they are.
    return mark.number === pointed.number ? 'plain' : 'quiet';
  }
  return focus === null || mark.turn === focus ? 'plain' : 'quiet';
}

/** The place of one box, as pointing and selecting name it. */
export function placeOf({ turn, entity, index, number }: MarkedBox): Place {
  return { turn, entity, index, number };
}

/** Whether this very box is selected, and not all of its phrase. */
export function isChosen(mark: MarkedBox, selected: Place | null): boolean {
  return selected !== null && selected.index !== null && isAt(mark, selected);
}

/** Whether a box is the place's: by its number, as one box may stand for those of several answers. */
export function isAt(mark: MarkedBox, place: Place): boolean {
  if (mark.turn !== place.turn) return mark.number === place.number && place.index === null;
  return mark.entity === place.entity && (place.index === null || place.index === mark.index);
}
