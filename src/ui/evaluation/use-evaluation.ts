import { useEffect, useRef, useState } from 'react';
import { composedScenes } from '../../evaluation/datasets/composed-scenes.ts';
import { DATASETS } from '../../evaluation/datasets/datasets.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import { isAnswered, type Outcome, readOutcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { samplesHash } from '../../evaluation/samples-hash.ts';
import type { EngineClient } from '../../protocol/client.ts';
import { AppError, toAppError, toWire, type WireError } from '../../protocol/errors.ts';
import type { BackendChoice, ModelInfo } from '../../protocol/messages.ts';
import { createEngineClient } from '../../protocol/worker-client.ts';
import * as strings from '../all-strings.ts';
import { drawnPictures } from './drawn-pictures.ts';
import type { PlacedFile } from './folder-files.ts';
import { forgetRun, keepOutcome, keptOutcomes } from './kept-outcomes.ts';
import { type PickedFolder, type Pictures, pickedFolder } from './picked-folder.ts';
import { type RunPlan, rememberPlan } from './run-plan.ts';
import { workerAnswers } from './worker-answers.ts';

export type EvaluationPhase = 'choose' | 'reading' | 'ready' | 'opening' | 'running' | 'stopped' | 'done';

export interface Evaluation {
  readonly phase: EvaluationPhase;
  /** What the samples were read for; null while there are none. */
  readonly plan: RunPlan | null;
  readonly samples: readonly Sample[];
  /** By the id of the sample; the same map while it grows, with `count` telling that it has. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly count: number;
  readonly pictures: Pictures | null;
  readonly folder: string | null;
  /** Which scenes these are, by a hash: their samples are but numbered. Null for data sets. */
  readonly scenes: string | null;
  readonly model: ModelInfo | null;
  /** Seconds a sample takes; null before the first. */
  readonly pace: number | null;
  readonly error: WireError | null;
}

const NOTHING: Evaluation = {
  phase: 'choose',
  plan: null,
  samples: [],
  outcomes: new Map(),
  count: 0,
  pictures: null,
  folder: null,
  scenes: null,
  model: null,
  pace: null,
  error: null,
};

/** Composed scenes begin with this one, every time. */
const SEED = 1;
/** Samples of them that tell whether they are composed as before. */
const KNOWN_BY = 50;
/** How often what is shown follows a run, in milliseconds: figures of thousands of samples take a while to reckon. */
const SHOWN_EVERY = 400;

export interface EvaluationActions {
  /** Reads the samples of a plan; `files` is the folder of its data set, null for composed scenes. */
  readonly read: (plan: RunPlan, files: readonly PlacedFile[] | null) => Promise<void>;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
  /** Takes over what another run has, of the samples that are there. */
  readonly take: (file: File) => Promise<void>;
  /** Throws away what was answered. */
  readonly forget: () => Promise<void>;
}

/** An evaluation in the page: samples are read, a worker answers them, and what it said is kept in this browser. */
export function useEvaluation(address: string, backend: BackendChoice): Evaluation & EvaluationActions {
  const [state, setState] = useState(NOTHING);
  const change = (part: Partial<Evaluation>) => setState((before) => ({ ...before, ...part }));
  const engine = useRef<EngineClient | null>(null);
  const stopping = useRef<AbortController | null>(null);
  const picked = useRef<PickedFolder | null>(null);
  useEffect(() => () => engine.current?.dispose(), []);
  useEffect(() => {
    document.documentElement.dataset.evaluation = state.phase;
  }, [state.phase]);

  const failed = (thrown: unknown, phase: EvaluationPhase) => {
    const error = toAppError(thrown);
    change({ phase, error: error.code === 'CANCELLED' ? null : toWire(error) });
  };

  async function read(plan: RunPlan, files: readonly PlacedFile[] | null): Promise<void> {
    setState({ ...NOTHING, phase: 'reading' });
    try {
      if (files) picked.current = pickedFolder(files);
      const folder = plan.dataset === 'scenes' && !files ? null : picked.current;
      if (folder) {
        const all = await DATASETS[plan.dataset].read(folder.folder, plan.split);
        change({
          phase: 'ready',
          plan,
          samples: all.slice(0, plan.limit),
          pictures: folder.pictures,
          folder: folder.name,
          scenes: plan.dataset === 'scenes' ? samplesHash(all) : null,
        });
      } else {
        const composed = composedScenes(SEED, plan.limit);
        const scenes = samplesHash(composedScenes(SEED, KNOWN_BY).samples);
        change({ phase: 'ready', plan, samples: composed.samples, pictures: drawnPictures(composed), scenes });
      }
      rememberPlan(plan);
    } catch (thrown) {
      failed(thrown, 'choose');
    }
  }

  async function run(): Promise<void> {
    const { plan, samples, pictures } = state;
    if (!plan || !pictures) return;
    const stop = new AbortController();
    stopping.current = stop;
    const outcomes = new Map(state.outcomes);
    change({ phase: 'opening', error: null, outcomes });
    try {
      engine.current ??= createEngineClient(
        () => new Worker(new URL('../../../workers/inference.ts', import.meta.url), { type: 'module' }),
      );
      const model = state.model ?? (await engine.current.open(address, { backend, signal: stop.signal }));
      const key = runKey(plan, model, state.folder, state.scenes);
      const kept = await keptOutcomes(key);
      // An earlier run may have been asked more.
      for (const { id } of samples) {
        const outcome = outcomes.get(id) ?? kept.get(id);
        if (outcome) outcomes.set(id, outcome);
      }
      // What failed is asked about again: a picture may have been put where it belongs.
      const rest = samples.filter((sample) => !isAnswered(sample, outcomes));
      change({ phase: 'running', model, count: outcomes.size });
      const begun = performance.now();
      let shown = begun;
      let done = 0;
      for await (const outcome of evaluate(rest, workerAnswers(engine.current, pictures), stop.signal)) {
        outcomes.set(outcome.id, outcome);
        await keepOutcome(key, outcome);
        done += 1;
        const now = performance.now();
        if (now - shown < SHOWN_EVERY) continue;
        shown = now;
        change({ count: outcomes.size, pace: (now - begun) / done / 1000 });
      }
      change({ phase: 'done', count: outcomes.size });
    } catch (thrown) {
      change({ count: outcomes.size });
      failed(thrown, 'stopped');
    }
  }

  async function take(file: File): Promise<void> {
    try {
      const outcomes = new Map(state.outcomes);
      const known = new Set(state.samples.map(({ id }) => id));
      const lines = (await file.text()).split('\n');
      for (const [index, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const outcome = readOutcome(line, `${file.name}, ${index + 1}`);
        if (known.has(outcome.id)) outcomes.set(outcome.id, outcome);
      }
      if (outcomes.size === 0) throw new AppError('ANNOTATION_INVALID', strings.evaluation.noneOfThese(file.name));
      change({ outcomes, count: outcomes.size, error: null, phase: 'stopped' });
    } catch (thrown) {
      failed(thrown, state.phase);
    }
  }

  async function forget(): Promise<void> {
    const { plan } = state;
    if (plan && state.model) await forgetRun(runKey(plan, state.model, state.folder, state.scenes));
    change({ outcomes: new Map(), count: 0, pace: null, phase: 'ready', error: null });
  }

  return { ...state, read, run, stop: () => stopping.current?.abort(), take, forget };
}

/** What has to be the same for outcomes to belong together. */
function runKey({ dataset, split }: RunPlan, model: ModelInfo, folder: string | null, scenes: string | null): string {
  return JSON.stringify([model.name, model.scheme, model.contents, dataset, split, folder, scenes]);
}
