import type { Outcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { type AnsweringModel, lastModel } from './answering-model.ts';
import { keptOutcomes } from './kept-outcomes.ts';

/** What this browser kept of a run, shown before its model is open. */
export interface EarlierAnswers {
  readonly model: AnsweringModel;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/**
 * What is kept of these samples of the model that was open last at an address; null where nothing is.
 * @param keyOf the key of this run with a model
 */
export async function earlierAnswers(
  address: string,
  samples: readonly Sample[],
  keyOf: (model: AnsweringModel) => string,
): Promise<EarlierAnswers | null> {
  const model = lastModel(address);
  if (!model) return null;
  const kept = await keptOutcomes(keyOf(model));
  const outcomes = new Map<string, Outcome>();
  for (const { id } of samples) {
    const outcome = kept.get(id);
    if (outcome) outcomes.set(id, outcome);
  }
  return outcomes.size > 0 ? { model, outcomes } : null;
}

/** Outcomes without those that another model than the one that is open has given. */
export function withoutEarlier(
  outcomes: ReadonlyMap<string, Outcome>,
  earlier: EarlierAnswers,
): ReadonlyMap<string, Outcome> {
  return new Map([...outcomes].filter(([id, outcome]) => earlier.outcomes.get(id) !== outcome));
}
