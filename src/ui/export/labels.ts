import type { Task, Turn } from '../../state/turn.ts';
import type { Annotation } from './annotations.ts';

/** Tasks that look for things in the whole picture. */
const SEARCH: ReadonlySet<Task['mode']> = new Set(['describe', 'detail', 'find', 'others', 'ground']);

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
    if (entities.length === 0 && !saysNothingIsThere(turn)) return [];
    return { ...one, annotated: { ...annotated, entities } };
  });
}

/** Of an answer without a box: one that was stopped or cut off had not come to its first. */
function saysNothingIsThere({ task, status, finish }: Turn): boolean {
  return SEARCH.has(task.mode) && status === 'done' && finish !== 'length' && finish !== 'capacity';
}
