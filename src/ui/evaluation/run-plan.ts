import { DATASETS, type DatasetName, isDatasetName } from '../../evaluation/datasets/datasets.ts';
import { keepWord, keptWord } from '../common/kept-word.ts';

/** What is to be measured, as a person chose it. */
export interface RunPlan {
  readonly dataset: DatasetName;
  readonly split: string;
  /** Most samples; the first ones. */
  readonly limit: number;
}

export const MOST_SAMPLES = 1_000_000;
const KEY = 'kosmos2-evaluation';

const FIRST_PLAN: RunPlan = { dataset: 'scenes', split: '', limit: 100 };

/** The plan for another data set, with a split of its own. */
export function withDataset(plan: RunPlan, dataset: DatasetName): RunPlan {
  return { ...plan, dataset, split: DATASETS[dataset].splits[0] ?? '' };
}

/** What was measured here last, to be gone on with after a reload. */
export function lastPlan(): RunPlan {
  try {
    const { dataset, split, limit } = JSON.parse(keptWord(KEY) ?? '') as Record<string, unknown>;
    const whole = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MOST_SAMPLES;
    if (typeof dataset === 'string' && isDatasetName(dataset) && typeof split === 'string' && whole) {
      return { dataset, split: split.slice(0, 100), limit };
    }
  } catch {
    // Nothing was.
  }
  return FIRST_PLAN;
}

export function rememberPlan(plan: RunPlan): void {
  keepWord(KEY, JSON.stringify(plan));
}
