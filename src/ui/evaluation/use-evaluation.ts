import { useEffect, useRef, useState } from 'react';
import { composedScenes } from '../../evaluation/datasets/composed-scenes.ts';
import { DATASETS } from '../../evaluation/datasets/datasets.ts';
import { isAnswered, type Outcome, readOutcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { samplesHash } from '../../evaluation/samples-hash.ts';
import type { EngineClient } from '../../protocol/client.ts';
import { AppError, toAppError, toWire } from '../../protocol/errors.ts';
import type { BackendChoice } from '../../protocol/messages.ts';
import { createEngineClient } from '../../protocol/worker-client.ts';
import { useAwake } from '../common/use-awake.ts';
import { answerRest } from './answer-rest.ts';
import { rememberModel, runKey } from './answering-model.ts';
import { drawnPictures } from './drawn-pictures.ts';
import { earlierAnswers, withoutEarlier } from './earlier-answers.ts';
import { type Evaluation, type EvaluationPhase, NOTHING } from './evaluation-state.ts';
import type { PlacedFile } from './folder-files.ts';
import { forgetRun } from './kept-outcomes.ts';
import { type PickedFolder, pickedFolder } from './picked-folder.ts';
import { type RunPlan, rememberPlan } from './run-plan.ts';
import { workerAnswers } from './worker-answers.ts';

/** Composed scenes begin with this one, every time. */
const SEED = 1;
/** They are composed at once: so many take a fraction of a second and 30 MB. */
const MOST_COMPOSED = 20_000;
/** Samples of them that tell whether they are composed as before. */
const KNOWN_BY = 50;

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
  useAwake(state.phase === 'opening' || state.phase === 'running');

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
        if (all.length === 0) {
          const message = `“${folder.name}” has nothing to ask about: its files name no sample. Choose the folder of the data set.`;
          throw new AppError('ANNOTATION_INVALID', message, { empty: folder.name });
        }
        await show(plan, {
          samples: all.slice(0, plan.limit),
          pictures: folder.pictures,
          folder: folder.name,
          scenes: plan.dataset === 'scenes' ? samplesHash(all) : null,
        });
      } else {
        const composed = composedScenes(SEED, Math.min(plan.limit, MOST_COMPOSED));
        const scenes = samplesHash(composedScenes(SEED, KNOWN_BY).samples);
        await show(plan, { samples: composed.samples, pictures: drawnPictures(composed), folder: null, scenes });
      }
      rememberPlan(plan);
    } catch (thrown) {
      failed(thrown, 'choose');
    }
  }

  /** Shows what was read, and what the model that was open last has answered to it. */
  async function show(plan: RunPlan, read: Read): Promise<void> {
    const { samples, folder, scenes } = read;
    const earlier = await earlierAnswers(address, samples, (model) => runKey(plan, model, folder, scenes));
    const outcomes = earlier?.outcomes ?? NOTHING.outcomes;
    change({ ...read, phase: 'ready', plan, earlier, outcomes, answered: answeredOf(samples, outcomes) });
  }

  async function run(): Promise<void> {
    await ended();
    running.current = answer(state);
    await running.current;
  }

  async function answer(before: Evaluation): Promise<void> {
    const { plan, pictures, folder, scenes, earlier } = before;
    if (!plan || !pictures) return;
    const stop = new AbortController();
    stopping.current = stop;
    change({ phase: 'opening', error: null });
    try {
      engine.current ??= createEngineClient(
        () => new Worker(new URL('../../../workers/inference.ts', import.meta.url), { type: 'module' }),
      );
      const model = before.model ?? (await engine.current.open(address, { backend, signal: stop.signal }));
      rememberModel(address, model);
      const key = runKey(plan, model, folder, scenes);
      if (forgotten.current) await forgetRun(key);
      forgotten.current = false;
      const another = earlier && runKey(plan, earlier.model, folder, scenes) !== key;
      const outcomes = another ? withoutEarlier(before.outcomes, earlier) : before.outcomes;
      change({ model, earlier: null, outcomes });
      await answerRest({ ...before, outcomes }, key, workerAnswers(engine.current, pictures), change, stop.signal);
      change({ phase: 'done' });
    } catch (thrown) {
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
      if (taken === 0) {
        const message = `${file.name} has no answers to these samples. Choose the data set it was made with first.`;
        throw new AppError('ANNOTATION_INVALID', message, { results: file.name });
      }
      const answered = answeredOf(state.samples, outcomes);
      change({ outcomes, answered, version: state.version + 1, error: null, phase: 'taken' });
    } catch (thrown) {
      failed(thrown, state.phase);
    }
  }

  async function forget(): Promise<void> {
    const { plan, folder, scenes } = state;
    const model = state.model ?? state.earlier?.model;
    if (plan && model) await forgetRun(runKey(plan, model, folder, scenes));
    // Which run it is only the model tells, which may not be open yet.
    else forgotten.current = true;
    const { outcomes, version, answered, keeps, pace, earlier } = NOTHING;
    change({ outcomes, version, answered, keeps, pace, earlier, phase: 'ready', error: null });
  }

  return { ...state, read, run, stop: () => stopping.current?.abort(), take, forget };
}

/** What was read for a plan. */
type Read = Pick<Evaluation, 'samples' | 'pictures' | 'folder' | 'scenes'>;

function answeredOf(samples: readonly Sample[], outcomes: ReadonlyMap<string, Outcome>): number {
  return samples.filter((sample) => isAnswered(sample, outcomes)).length;
}
