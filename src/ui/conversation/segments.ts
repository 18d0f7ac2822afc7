import type { Entity, GroundedText } from '../../kosmos2/grounded-text.ts';

/** A piece of an answer: plain words, or the words of an entity. */
export interface Segment {
  readonly text: string;
  readonly entity: Entity | null;
}

/**
 * Cuts a caption at its phrases. Offsets are code points; an object without a phrase is a segment without words.
 * @param from code point to start at; entities before it are left out
 */
export function segments({ caption, entities }: GroundedText, from = 0): readonly Segment[] {
  const points = Array.from(caption);
  const words = (start: number, end: number) => points.slice(start, end).join('');
  const found: Segment[] = [];
  let cursor = from;
  for (const entity of [...entities].sort((a, b) => a.start - b.start || a.index - b.index)) {
    if (entity.start < cursor) continue;
    if (entity.start > cursor) found.push({ text: words(cursor, entity.start), entity: null });
    found.push({ text: words(entity.start, entity.end), entity });
    cursor = entity.end;
  }
  if (cursor < points.length) found.push({ text: words(cursor, points.length), entity: null });
  return trimmed(found);
}

function trimmed([first, ...rest]: readonly Segment[]): readonly Segment[] {
  if (!first || first.entity) return first ? [first, ...rest] : [];
  const text = first.text.trimStart();
  return text === '' ? rest : [{ ...first, text }, ...rest];
}

/**
 * The punctuation at the start of what follows a phrase, which stays beside it, as no line begins with a comma. Answers whose
 * spaces were not cleaned up have one before it.
 */
export function stopOf({ text, entity }: Segment): string {
  return entity ? '' : (/^ ?[,.;:!?)]+/.exec(text)?.[0] ?? '');
}
