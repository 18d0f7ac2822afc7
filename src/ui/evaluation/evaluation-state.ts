import type { Outcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import type { WireError } from '../../protocol/errors.ts';
import type { ModelInfo } from '../../protocol/messages.ts';
import type { EarlierAnswers } from './earlier-answers.ts';
import type { Pictures } from './picked-folder.ts';
import type { RunPlan } from './run-plan.ts';

export type EvaluationPhase = 'choose' | 'reading' | 'ready' | 'opening' | 'running' | 'stopped' | 'taken' | 'done';

/** What is measured, and how far it is. */
export interface Evaluation {
  readonly phase: EvaluationPhase;
  /** What the samples were read for; null while there are none. */
  readonly plan: RunPlan | null;
  readonly samples: readonly Sample[];
  /** By the id of the sample; the same map while it grows, with `version` telling that it has. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly version: number;
  /** Samples whose outcome is an answer. */
  readonly answered: number;
  /** Samples that a run has still to ask about; those that failed in it are asked about no more. */
  readonly left: number;
  /** Whether this browser keeps every outcome; null before the first. */
  readonly keeps: boolean | null;
  readonly pictures: Pictures | null;
  readonly folder: string | null;
  /** Which scenes these are, by a hash: their samples are but numbered. Null for data sets. */
  readonly scenes: string | null;
  readonly model: ModelInfo | null;
  /** What is kept of the model that was open last, until one is open; these are among the outcomes. */
  readonly earlier: EarlierAnswers | null;
  /** Seconds a sample takes; null before the first. */
  readonly pace: number | null;
  readonly error: WireError | null;
}

export const NOTHING: Evaluation = {
  phase: 'choose',
  plan: null,
  samples: [],
  outcomes: new Map(),
  version: 0,
  answered: 0,
  left: 0,
  keeps: null,
  pictures: null,
  folder: null,
  scenes: null,
  model: null,
  earlier: null,
  pace: null,
  error: null,
};
