import { AppError } from '../protocol/errors.ts';
import { orStopped } from '../protocol/or-stopped.ts';
import { imageOf } from './app-state.ts';
import { changeTurn } from './change.ts';
import type { Context } from './context.ts';
import { giveImage, givenAs } from './give-image.ts';
import { hearEvent } from './hear-event.ts';
import { answeringInParts, remembering } from './late-parts.ts';
import { examplesOf, isPromptTask, type PromptTask, promptOf } from './prompt-of.ts';
import { decodingOptions } from './settings.ts';
import { tell } from './tell.ts';
import type { Turn } from './turn.ts';

/**
 * Answers one turn, in as many requests as its task takes; after `signal` aborts nothing is told any more.
 * @throws AppError of the picture or the engine
 */
export async function answer(context: Context, turn: Turn, signal: AbortSignal): Promise<void> {
  const { task } = turn;
  // A picture that does not come keeps nobody from asking about another.
  await orStopped(giveImages(context, turn), signal);
  if (isPromptTask(task)) await generate(context, turn, task, signal);
  else await (await answeringInParts()).answerInParts(context, turn, task, signal);
}

async function generate(context: Context, turn: Turn, task: PromptTask, signal: AbortSignal): Promise<void> {
  const { engine } = context;
  const name = (id: string) => givenAs(id, turn.settings);
  const asked = promptOf(task, name(turn.image));
  const examples = examplesOf(task, name);
  const remembered = async () => (await remembering()).rememberTurns(context, turn, asked);
  const past = turn.followUp ? await orStopped(remembered(), signal) : null;
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
