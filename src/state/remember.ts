import { dialogueContext, type PastTurn, pastTurn } from '../kosmos2/dialogue.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import type { AppState } from './app-state.ts';
import { imageOf } from './app-state.ts';
import type { Context } from './context.ts';
import { taskAbout } from './draft.ts';
import { givenAs } from './give-image.ts';
import { isPromptTask, promptOf } from './prompt-of.ts';
import type { Memory, Turn } from './turn.ts';

/** Tokens kept free for the answer, where a person has not said how long it may be. */
const ANSWER_ROOM = 128;

/** What a follow-up reads before its question. */
interface Past {
  readonly context: Prompt;
  readonly memory: Memory;
}

/** Turns that a follow-up about an image can be read after, oldest first: answered in one prompt about this image. */
function turnsBefore(state: AppState, imageId: string, until: string | null): readonly Turn[] {
  const ids = imageOf(state, imageId).turns;
  const end = until === null ? ids.length : ids.indexOf(until);
  return ids.slice(0, end < 0 ? ids.length : end).flatMap((id) => {
    const turn = state.turns[id];
    return turn && isReadable(turn) ? turn : [];
  });
}

function isReadable({ task, status, grounded }: Turn): boolean {
  if (grounded === null || (status !== 'done' && status !== 'stopped')) return false;
  return isPromptTask(task) && task.mode !== 'fewshot' && task.mode !== 'language';
}

/** The earlier turns as far as they fit before the prompt of a turn. */
export async function rememberTurns(
  { engine, store }: Context,
  turn: Pick<Turn, 'image' | 'settings'> & { readonly id: string | null },
  asked: Prompt,
): Promise<Past> {
  // The model reads its own words again, whatever a person corrected since.
  const prompts = turnsBefore(store.getState(), turn.image, turn.id)
    .map(({ task, grounded, original }) => {
      const said = original ? original.grounded : grounded;
      return said && isPromptTask(task) ? pastTurn(promptOf(task, turn.image), said) : [];
    })
    .filter((prompt) => prompt.length > 0);
  const { tokens, limit } = await engine.measure([asked, ...prompts]);
  const [own = 0, ...sizes] = tokens;
  const room = limit - own - (turn.settings.maxNewTokens ?? ANSWER_ROOM);
  const turns = prompts.map((prompt, index): PastTurn => ({ prompt, tokens: sizes[index] ?? 0 }));
  const { context, kept } = dialogueContext(givenAs(turn.image, turn.settings), turns, room);
  return { context, memory: { kept, of: turns.length } };
}

/** How many earlier turns would be read before what the composer holds; null while there is no model. */
export async function measureMemory(context: Context): Promise<Memory | null> {
  const state = context.store.getState();
  const { current, settings } = state;
  const task = taskAbout(state, current);
  const asked = task && isPromptTask(task) ? task : ({ mode: 'describe' } as const);
  try {
    return (await rememberTurns(context, { id: null, image: current, settings }, promptOf(asked, current))).memory;
  } catch {
    return null;
  }
}
