import type { Task } from '../../state/turn.ts';
import type { Annotation } from './annotations.ts';

/** Tasks that look for no things: where no box came of one, it does not mean that the picture shows nothing. */
const NO_SEARCH: ReadonlySet<Task['mode']> = new Set(['caption', 'plain', 'fewshot', 'choose', 'refer']);

/**
 * What of the answers can be learned from by formats that sort boxes by category: a picture without a box is one of nothing
 * there, and the region that a question is about, "It", is of no category, unless a person named it.
 */
export function labels(all: readonly Annotation[]): readonly Annotation[] {
  return all.flatMap((one) => {
    const { turn, annotated } = one;
    const isLabel = ({ score, edited }: (typeof annotated.entities)[number]) =>
      turn.task.mode !== 'refer' || score !== null || edited !== undefined;
    const entities = annotated.entities.filter(isLabel);
    if (entities.length === 0 && NO_SEARCH.has(turn.task.mode)) return [];
    return { ...one, annotated: { ...annotated, entities } };
  });
}
