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
  /** By the id of the sample; the same map while it grows, with `version` telling that it has. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly version: number;
  /** Samples whose outcome is an answer. */
  readonly answered: number;
  /** Whether this browser keeps every outcome. */
  readonly keeps: boolean;
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
  version: 0,
  answered: 0,
  keeps: true,
  pictures: null,
  folder: null,
  scenes: null,
  model: null,
  pace: null,
  error: null,
};

/** Composed scenes begin with this one, every time. */
const SEED = 1;
/** They are composed at once: so many take a fraction of a second and 30 MB. */
const MOST_COMPOSED = 20_000;
/** Samples of them that tell whether they are composed as before. */
const KNOWN_BY = 50;
/** How often the progress of a run is shown, in milliseconds. */
const PROGRESS_EVERY = 400;
/** And its figures, for each sample they are of: those of a caption take up to 0.4 to reckon, on the thread of the page. */
const FIGURES_EVERY = 4;

export interface EvaluationActions {
  /** Reads the samples of a plan; `files` come from the folder of its data set, null for composed scenes. */
  readonly read: (plan: RunPlan, files: Promise<readonly PlacedFile[]> | null) => Promise<void>;
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
  const running = useRef<Promise<void>>(Promise.resolve());
  const picked = useRef<PickedFolder | null>(null);
  /** Whether what is kept of this run is to be thrown away before it is asked again. */
  const forgotten = useRef(false);
  useEffect(() => () => engine.current?.dispose(), []);
  useEffect(() => {
    document.documentElement.dataset.evaluation = state.phase;
  }, [state.phase]);

  const failed = (thrown: unknown, phase: EvaluationPhase) => {
    const error = toAppError(thrown);
    change({ phase, error: error.code === 'CANCELLED' ? null : toWire(error) });
  };

  /** Nothing asks while something else is read: all pictures are shown to the engine under one name. */
  async function ended(): Promise<void> {
    stopping.current?.abort();
    await running.current;
  }

  async function read(plan: RunPlan, files: Promise<readonly PlacedFile[]> | null): Promise<void> {
    setState({ ...NOTHING, phase: 'reading' });
    forgotten.current = false;
    try {
      await ended();
      setState({ ...NOTHING, phase: 'reading' });
      if (files) picked.current = pickedFolder(await files);
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
        const composed = composedScenes(SEED, Math.min(plan.limit, MOST_COMPOSED));
        const scenes = samplesHash(composedScenes(SEED, KNOWN_BY).samples);
        change({ phase: 'ready', plan, samples: composed.samples, pictures: drawnPictures(composed), scenes });
      }
      rememberPlan(plan);
    } catch (thrown) {
      failed(thrown, 'choose');
    }
  }

  async function run(): Promise<void> {
    await ended();
    running.current = answerRest(state);
    await running.current;
  }

  async function answerRest({ plan, samples, pictures, folder, scenes, ...before }: Evaluation): Promise<void> {
    if (!plan || !pictures) return;
    const stop = new AbortController();
    stopping.current = stop;
    const outcomes = new Map(before.outcomes);
    let { version, keeps } = before;
    change({ phase: 'opening', error: null, outcomes });
    const answeredNow = () => samples.filter((sample) => isAnswered(sample, outcomes)).length;
    try {
      engine.current ??= createEngineClient(
        () => new Worker(new URL('../../../workers/inference.ts', import.meta.url), { type: 'module' }),
      );
      const model = before.model ?? (await engine.current.open(address, { backend, signal: stop.signal }));
      const key = runKey(plan, model, folder, scenes);
      if (forgotten.current) await forgetRun(key);
      forgotten.current = false;
      const kept = await keptOutcomes(key);
      const keep = async (outcome: Outcome) => {
        keeps = (await keepOutcome(key, outcome)) && keeps;
      };
      // An earlier run may have been asked more; what was taken from a file is to be there after a reload, too.
      await Promise.all([...outcomes.values()].filter(({ id }) => !kept.has(id)).map(keep));
      for (const { id } of samples) {
        const outcome = outcomes.get(id) ?? kept.get(id);
        if (outcome) outcomes.set(id, outcome);
      }
      // What failed is asked about again: a picture may have been put where it belongs.
      const rest = samples.filter((sample) => !isAnswered(sample, outcomes));
      let answered = samples.length - rest.length;
      change({ phase: 'running', model, answered, keeps, version: ++version });
      const begun = performance.now();
      let shown = begun;
      let reckoned = begun;
      let done = 0;
      for await (const outcome of evaluate(rest, workerAnswers(engine.current, pictures), stop.signal)) {
        outcomes.set(outcome.id, outcome);
        await keep(outcome);
        done += 1;
        if (outcome.error === undefined) answered += 1;
        const now = performance.now();
        if (now - shown < PROGRESS_EVERY) continue;
        shown = now;
        if (now - reckoned >= FIGURES_EVERY * outcomes.size) {
          reckoned = now;
          version += 1;
        }
        change({ answered, keeps, version, pace: (now - begun) / done / 1000 });
      }
      change({ phase: 'done', answered, keeps, version: ++version });
    } catch (thrown) {
      change({ answered: answeredNow(), keeps, version: ++version });
      failed(thrown, 'stopped');
    }
  }

  async function take(file: File): Promise<void> {
    try {
      await ended();
      const outcomes = new Map(state.outcomes);
      const known = new Set(state.samples.map(({ id }) => id));
      let taken = 0;
      const lines = (await file.text()).split('\n');
      for (const [index, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const outcome = readOutcome(line, `${file.name}, ${index + 1}`);
        if (!known.has(outcome.id)) continue;
        outcomes.set(outcome.id, outcome);
        taken += 1;
      }
      if (taken === 0) throw new AppError('ANNOTATION_INVALID', strings.evaluation.noneOfThese(file.name));
      const answered = state.samples.filter((sample) => isAnswered(sample, outcomes)).length;
      change({ outcomes, answered, version: state.version + 1, error: null, phase: 'stopped' });
    } catch (thrown) {
      failed(thrown, state.phase);
    }
  }

  async function forget(): Promise<void> {
    // Which run it is only the model tells, which may not be open yet.
    forgotten.current = true;
    const { plan } = state;
    if (plan && state.model) await forgetRun(runKey(plan, state.model, state.folder, state.scenes));
    const { version, answered, keeps, pace } = NOTHING;
    change({ outcomes: new Map(), version, answered, keeps, pace, phase: 'ready', error: null });
  }

  return { ...state, read, run, stop: () => stopping.current?.abort(), take, forget };
}

/** What has to be the same for outcomes to belong together. */
function runKey({ dataset, split }: RunPlan, model: ModelInfo, folder: string | null, scenes: string | null): string {
  return JSON.stringify([model.name, model.scheme, model.contents, dataset, split, folder, scenes]);
}
