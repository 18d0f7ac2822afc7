import type { UnitBox } from '../kosmos2/box.ts';
import type { Entity, GroundedBox } from '../kosmos2/grounded-text.ts';
import { briefPrompt, choiceQuestion } from '../kosmos2/task-prompts.ts';
import { AppError } from '../protocol/errors.ts';
import { findOthers } from '../protocol/find-others.ts';
import type { GenerationEvent } from '../protocol/generation.ts';
import { groundText } from '../protocol/ground-text.ts';
import { type AppState, imageOf } from './app-state.ts';
import { changeTurn } from './change.ts';
import { onWholePicture } from './closer-look.ts';
import type { Context } from './context.ts';
import { cropOf } from './crop.ts';
import { giveImage, givenAs, pictureOf } from './give-image.ts';
import { growAnswer, hearEvent } from './hear-event.ts';
import { jpegOf } from './jpeg.ts';
import { examplesOf, type PromptTask, promptOf } from './prompt-of.ts';
import { rememberTurns } from './remember.ts';
import { decodingOptions } from './settings.ts';
import type { Task, Turn } from './turn.ts';

/**
 * Answers one turn, in as many requests as its task takes; after `signal` aborts nothing is told any more.
 * @throws AppError of the picture or the engine
 */
export async function answer(context: Context, turn: Turn, signal: AbortSignal): Promise<void> {
  const { task } = turn;
  await giveImages(context, turn);
  if (signal.aborted) return;
  if (task.mode === 'choose') await choose(context, turn, task, signal);
  else if (task.mode === 'ground') await ground(context, turn, task, signal);
  else if (task.mode === 'closer') await lookCloser(context, turn, task, signal);
  else if (task.mode === 'others') await searchOthers(context, turn, task, signal);
  else await generate(context, turn, task, signal);
}

async function generate(context: Context, turn: Turn, task: PromptTask, signal: AbortSignal): Promise<void> {
  const { engine } = context;
  const name = (id: string) => givenAs(id, turn.settings);
  const asked = promptOf(task, name(turn.image));
  const examples = examplesOf(task, name);
  const past = turn.followUp ? await rememberTurns(context, turn, asked) : null;
  if (signal.aborted) return;
  if (past) tell(context, signal, (state) => changeTurn(state, turn.id, { memory: past.memory }));
  const request = {
    // The picture stands before the earlier turns about it.
    prompt: past ? asked.filter(({ kind }) => kind !== 'image') : asked,
    context: past ? past.context : examples,
    options: decodingOptions(turn.settings),
    trace: true,
  };
  for await (const event of engine.generate(request, signal)) {
    tell(context, signal, (state) => hearEvent(state, turn.id, event));
  }
}

/** Asks for a caption of a part of the picture, which the engine has as a picture of its own for as long. */
async function lookCloser(
  context: Context,
  turn: Turn,
  { frame }: Task & { mode: 'closer' },
  signal: AbortSignal,
): Promise<void> {
  const { engine, store } = context;
  const name = `${turn.image}#closer-${turn.id}`;
  const crop = await cropOf(await pictureOf(imageOf(store.getState(), turn.image)), frame);
  await engine.setImage(name, turn.settings.jpeg ? await jpegOf(crop) : crop);
  try {
    const request = { prompt: briefPrompt(name), options: decodingOptions(turn.settings), trace: true };
    for await (const event of engine.generate(request, signal)) {
      tell(context, signal, (state) => hearEvent(state, turn.id, throughFrame(event, frame)));
    }
  } finally {
    // Where it fails the worker is gone, and the picture with it.
    void engine.dropImage(name).catch(() => {});
  }
}

/** An event about a part of the picture as one about the whole. */
function throughFrame(event: GenerationEvent, frame: UnitBox): GenerationEvent {
  if (event.type === 'token') return { ...event, grounded: onWholePicture(event.grounded, frame) };
  if (event.type !== 'result') return event;
  return { ...event, result: { ...event.result, grounded: onWholePicture(event.result.grounded, frame) } };
}

async function searchOthers(
  context: Context,
  turn: Turn,
  { words, regions }: Task & { mode: 'others' },
  signal: AbortSignal,
): Promise<void> {
  const boxes: GroundedBox[] = regions.map(({ patches, box }) => ({ ...patches, box, score: null }));
  const grow = (status: 'writing' | 'done') =>
    tell(context, signal, (state) => {
      const entity = { index: 0, phrase: words, start: 0, end: Array.from(words).length, complete: true, score: null };
      const grounded = { caption: words, answerStart: 0, entities: [{ ...entity, boxes: [...boxes] }] };
      return growAnswer(state, turn.id, grounded, status === 'done' ? { status, finish: 'eos' } : { status });
    });
  grow('writing');
  const request = {
    image: givenAs(turn.image, turn.settings),
    phrase: words,
    boxes: regions.map(({ patches }) => patches),
  };
  for await (const box of findOthers(context.engine, request, signal)) {
    boxes.push(box);
    grow('writing');
  }
  grow('done');
}

async function choose(
  context: Context,
  turn: Turn,
  task: Task & { mode: 'choose' },
  signal: AbortSignal,
): Promise<void> {
  const image = givenAs(turn.image, turn.settings);
  const scores = await context.engine.score(choiceQuestion(image, task.words, task.choices), signal);
  tell(context, signal, (state) => changeTurn(state, turn.id, { status: 'done', finish: 'eos', scores }));
}

async function ground(
  context: Context,
  turn: Turn,
  task: Task & { mode: 'ground' },
  signal: AbortSignal,
): Promise<void> {
  const entities: Entity[] = [];
  const grow = (status: 'writing' | 'done') =>
    tell(context, signal, (state) => {
      const grounded = { caption: task.words, answerStart: 0, entities: [...entities] };
      return growAnswer(state, turn.id, grounded, status === 'done' ? { status, finish: 'eos' } : { status });
    });
  grow('writing');
  const image = givenAs(turn.image, turn.settings);
  for await (const entity of groundText(context.engine, image, task.words, task.spans, signal)) {
    entities.push(entity);
    grow('writing');
  }
  grow('done');
}

function tell({ store }: Context, signal: AbortSignal, change: (state: AppState) => Partial<AppState>): void {
  if (!signal.aborted) store.setState(change);
}

/** Gives the engine every picture the turn is about. */
async function giveImages(context: Context, { task, image, settings }: Turn): Promise<void> {
  if (task.mode === 'language' || task.mode === 'closer') return;
  const state = context.store.getState();
  if (task.mode === 'fewshot') {
    for (const { image: id } of task.examples) {
      const example = state.images.find((one) => one.id === id);
      if (!example) {
        throw new AppError(
          'IMAGE_UNKNOWN',
          'The picture of an example was removed. Edit the question and choose another.',
        );
      }
      await giveImage(context, example, settings);
    }
  }
  await giveImage(context, imageOf(state, image), settings);
}
