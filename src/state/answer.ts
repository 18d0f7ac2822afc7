import type { Entity } from '../kosmos2/grounded-text.ts';
import { choiceQuestion } from '../kosmos2/task-prompts.ts';
import { AppError } from '../protocol/errors.ts';
import { groundText } from '../protocol/ground-text.ts';
import { type AppState, imageOf } from './app-state.ts';
import { changeTurn } from './change.ts';
import type { Context } from './context.ts';
import { giveImage, givenAs } from './give-image.ts';
import { growAnswer, hearEvent } from './hear-event.ts';
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
  if (task.mode === 'language') return;
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
