import type { UnitBox } from '../kosmos2/box.ts';
import type { Entity, GroundedBox, GroundedText } from '../kosmos2/grounded-text.ts';
import { meanScore } from '../kosmos2/mean-score.ts';
import { briefPrompt, choiceQuestion } from '../kosmos2/task-prompts.ts';
import { findOthers } from '../protocol/find-others.ts';
import type { GenerationEvent } from '../protocol/generation.ts';
import { groundText } from '../protocol/ground-text.ts';
import { orStopped } from '../protocol/or-stopped.ts';
import { imageOf } from './app-state.ts';
import { changeTurn } from './change.ts';
import { onWholePicture } from './closer-look.ts';
import type { Context } from './context.ts';
import { cropOf } from './crop.ts';
import { givenAs, pictureOf } from './give-image.ts';
import { growAnswer, hearEvent } from './hear-event.ts';
import { jpegOf } from './jpeg.ts';
import type { PromptTask } from './prompt-of.ts';
import { decodingOptions } from './settings.ts';
import { tell } from './tell.ts';
import type { Task, Turn } from './turn.ts';

/**
 * Answers a turn that takes more than a prompt and its answer.
 * @throws AppError of the picture or the engine
 */
export async function answerInParts(
  context: Context,
  turn: Turn,
  task: Exclude<Task, PromptTask>,
  signal: AbortSignal,
): Promise<void> {
  switch (task.mode) {
    case 'choose':
      return choose(context, turn, task, signal);
    case 'ground':
      return ground(context, turn, task, signal);
    case 'closer':
      return lookCloser(context, turn, task, signal);
    case 'others':
      return searchOthers(context, turn, task, signal);
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
  const give = async () => {
    const crop = await cropOf(await pictureOf(imageOf(store.getState(), turn.image)), frame);
    await engine.setImage(name, turn.settings.jpeg ? await jpegOf(crop) : crop);
  };
  const given = give();
  try {
    await orStopped(given, signal);
    const request = { prompt: briefPrompt(name), options: decodingOptions(turn.settings), trace: true };
    for await (const event of engine.generate(request, signal)) {
      tell(context, signal, (state) => hearEvent(state, turn.id, throughFrame(event, frame)));
    }
  } finally {
    // Where it fails the worker is gone, and the picture with it, or it never came.
    void given.then(() => engine.dropImage(name)).catch(() => {});
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
  const entity = { index: 0, phrase: words, start: 0, end: Array.from(words).length, complete: true };
  const grow = growing(context, turn, signal, () => ({
    caption: words,
    answerStart: 0,
    entities: [{ ...entity, boxes: [...boxes], score: meanScore(boxes) }],
  }));
  grow('writing');
  const request = {
    image: givenAs(turn.image, turn.settings),
    phrase: words,
    boxes: regions.map(({ patches }) => patches),
    gridBoxes: turn.settings.gridBoxes,
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
  const grow = growing(context, turn, signal, () => ({
    caption: task.words,
    answerStart: 0,
    entities: [...entities],
  }));
  grow('writing');
  const image = givenAs(turn.image, turn.settings);
  for await (const entity of groundText(context.engine, image, task.words, task.spans, signal, turn.settings)) {
    entities.push(entity);
    grow('writing');
  }
  grow('done');
}

/** Tells how far an answer has come that is put together here. */
function growing(
  context: Context,
  turn: Turn,
  signal: AbortSignal,
  now: () => GroundedText,
): (status: 'writing' | 'done') => void {
  return (status) =>
    tell(context, signal, (state) =>
      growAnswer(state, turn.id, now(), status === 'done' ? { status, finish: 'eos' } : { status }),
    );
}
