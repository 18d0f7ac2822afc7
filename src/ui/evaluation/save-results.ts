import { type Outcome, writeOutcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { summarise } from '../../evaluation/summary.ts';
import { summaryTable } from '../../evaluation/summary-table.ts';
import { save } from '../export/hand-over.ts';
import type { RunPlan } from './run-plan.ts';

const nameOf = ({ dataset, split }: RunPlan) => [dataset, split].filter((part) => part !== '').join('-');

/** Hands the run over as the command line writes it: a line a sample, to be gone on with there or here. */
export function saveOutcomes(plan: RunPlan, samples: readonly Sample[], outcomes: ReadonlyMap<string, Outcome>): void {
  const lines = samples.flatMap(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome ? [`${writeOutcome(outcome)}\n`] : [];
  });
  save({ name: `${nameOf(plan)}.jsonl`, blob: new Blob(lines, { type: 'application/jsonl' }) });
}

/** Hands the tables over as Markdown. */
export function saveSummary(plan: RunPlan, samples: readonly Sample[], outcomes: ReadonlyMap<string, Outcome>): void {
  const table = summaryTable(plan.dataset, plan.split, summarise(samples, outcomes));
  save({ name: `${nameOf(plan)}.md`, blob: new Blob([`${table}\n`], { type: 'text/markdown' }) });
}
