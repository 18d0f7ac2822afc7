import type { Entity, GroundedText } from './grounded-text.ts';

/** The phrase of the prompt: what was asked for. */
export function promptEntity({ entities, answerStart }: GroundedText): Entity | undefined {
  return entities.find(({ start }) => start < answerStart);
}
