import { type Answerer, evaluate } from '../../evaluation/evaluate.ts';
import { isAnswered, type Outcome } from '../../evaluation/outcome.ts';
import type { Evaluation } from './evaluation-state.ts';
import { keepOutcome, keptOutcomes } from './kept-outcomes.ts';

/** How often the progress of a run is shown, in milliseconds. */
const PROGRESS_EVERY = 400;
/** And its figures, for each sample they are of: those of a caption take up to 0.4 to reckon, on the thread of the page. */
const FIGURES_EVERY = 4;

/**
 * Asks about every sample that has no answer yet, and keeps what comes of each in this browser.
 * @param key of the run, under which it is kept
 * @param change hears how far it is, at the end too, however that comes
 * @throws AppError CANCELLED after `signal` aborts; what else ends a run
 */
export async function answerRest(
  { samples, ...before }: Evaluation,
  key: string,
  answerer: Answerer,
  change: (part: Partial<Evaluation>) => void,
  signal: AbortSignal,
): Promise<void> {
  const outcomes = new Map(before.outcomes);
  let { version, keeps } = before;
  const keep = async (outcome: Outcome) => {
    keeps = (await keepOutcome(key, outcome)) && keeps !== false;
  };
  const kept = await keptOutcomes(key);
  // An earlier run may have been asked more; what was taken from a file is to be there after a reload, too.
  await Promise.all([...outcomes.values()].filter(({ id }) => !kept.has(id)).map(keep));
  for (const { id } of samples) {
    const outcome = outcomes.get(id) ?? kept.get(id);
    if (outcome) outcomes.set(id, outcome);
  }
  // What failed is asked about again: a picture may have been put where it belongs.
  const rest = samples.filter((sample) => !isAnswered(sample, outcomes));
  let answered = samples.length - rest.length;
  let left = rest.length;
  change({ phase: 'running', outcomes, answered, left, keeps, version: ++version });
  const begun = performance.now();
  let shown = begun;
  let reckoned = begun;
  try {
    for await (const outcome of evaluate(rest, answerer, signal)) {
      outcomes.set(outcome.id, outcome);
      await keep(outcome);
      left -= 1;
      if (outcome.error === undefined) answered += 1;
      const now = performance.now();
      if (now - shown < PROGRESS_EVERY) continue;
      shown = now;
      if (now - reckoned >= FIGURES_EVERY * outcomes.size) {
        reckoned = now;
        version += 1;
      }
      change({ answered, left, keeps, version, pace: (now - begun) / (rest.length - left) / 1000 });
    }
  } finally {
    change({ answered, left, keeps, version: ++version });
  }
}
