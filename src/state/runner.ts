import { type AppErrorCode, toAppError } from '../protocol/errors.ts';
import { answer } from './answer.ts';
import { type AppState, imageOf } from './app-state.ts';
import { addTurn } from './ask.ts';
import { changeImage, changeTurn } from './change.ts';
import type { Context } from './context.ts';
import { hearEvent } from './hear-event.ts';
import type { Turn } from './turn.ts';

/** How a request fails that comes to another model than the one its turn began with, or to none yet. */
const FOR_ANOTHER: ReadonlySet<string> = new Set<AppErrorCode>([
  'ENGINE_NOT_READY',
  'IMAGE_UNKNOWN',
  // Of the opening of the one before, where that was lost.
  'CANCELLED',
]);

/** Answers the waiting turns one after the other. */
export interface Runner {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void;
  /** Ends a turn for the person at once, although the engine stops only at its next token. */
  stop(turnId: string): void;
}

export function createRunner(context: Context): Runner {
  const { store } = context;
  let active = false;
  let abort = new AbortController();

  async function run(turn: Turn): Promise<void> {
    abort = new AbortController();
    const { signal } = abort;
    const { given } = context;
    store.setState((state) => ({ running: turn.id, ...changeTurn(state, turn.id, { status: 'reading' }) }));
    try {
      // After a stop it goes on deaf until the engine has ended, so that the next turn never meets a busy one.
      await answer(context, turn, signal);
    } catch (thrown) {
      if (!signal.aborted) {
        const error = toAppError(thrown);
        const isForAnother = given !== context.given && FOR_ANOTHER.has(error.code);
        store.setState((state) =>
          isForAnother ? askedAnew(state, turn.id) : changeTurn(state, turn.id, { status: 'failed', error }),
        );
      }
    }
    store.setState(({ running }) => (running === turn.id ? { running: null } : {}));
  }

  async function work(): Promise<void> {
    if (active) return;
    active = true;
    for (let turn = next(context); turn; turn = next(context)) await run(turn);
    active = false;
  }

  return {
    wake: () => void work(),
    stop(turnId) {
      const { running } = store.getState();
      if (running === turnId) abort.abort();
      store.setState((state) => ({
        running: running === turnId ? null : running,
        ...changeTurn(state, turnId, { status: 'stopped' }),
      }));
    },
  };
}

/** A turn as it was before it was begun, for the model that was opened since. */
function askedAnew(state: AppState, turnId: string): Partial<AppState> {
  const without = { ...state, ...hearEvent(state, turnId, { type: 'restart' }) };
  return { ...without, ...changeTurn(without, turnId, { status: 'waiting' }) };
}

/** The oldest waiting turn. Without one, the caption of the scene on the stage, which writes itself. */
function next(context: Context): Turn | undefined {
  const state = context.store.getState();
  if (state.engine.phase !== 'ready') return undefined;
  return Object.values(state.turns).find((turn) => turn.status === 'waiting') ?? caption(context, state);
}

function caption(context: Context, state: AppState): Turn | undefined {
  const image = imageOf(state);
  // Once only: a caption that was deleted stays deleted.
  const isScene = image.kind === 'sample' || image.truth !== null;
  if (!isScene || image.greeted || image.turns.length > 0) return undefined;
  const turn = addTurn(context, image.id, { mode: 'describe' });
  context.store.setState((now) => changeImage(now, image.id, { greeted: true }));
  return turn;
}
