import type { GroundedText } from '../kosmos2/grounded-text.ts';
import { sameCells } from '../kosmos2/patch-index.ts';
import type { GenerationEvent } from '../protocol/generation.ts';
import { type AppState, imageOf } from './app-state.ts';
import { changeImage, changeTurn } from './change.ts';
import { entityNumbers, markBoxes } from './marks.ts';
import { onRegions } from './on-regions.ts';
import { drawnOn, numberedRegions, withoutRegion } from './regions.ts';
import { type Region, regionsOf, type Turn } from './turn.ts';

/** What an event of generation changes: the answer grows, and its complete boxes appear on the stage. */
export function hearEvent(state: AppState, turnId: string, event: GenerationEvent): Partial<AppState> {
  const turn = state.turns[turnId];
  if (!turn) return {};
  if (event.type === 'restart') return beginAnew(state, turn);
  if (event.type === 'token') {
    const { id, text, probability, trace } = event;
    const tokens = [...turn.tokens, { id, text, probability, trace }];
    return grow(state, turn, event.grounded, { status: 'writing', tokens });
  }
  if (event.type === 'result') {
    const { grounded, finish, timings } = event.result;
    return grow(state, turn, grounded, { status: finish === 'cancelled' ? 'stopped' : 'done', finish, timings });
  }
  return {};
}

/** The composer without a region that was asked about, unless it is meant for another question by now. */
function withoutAsked(state: AppState, imageId: string, { number, patches }: Region): Partial<AppState> {
  const held = drawnOn(state, imageId).find((region) => region.number === number);
  const isDone = state.draft.mode !== 'ask' && held !== undefined && sameCells(held.patches, patches);
  return isDone ? withoutRegion(state, imageId, number) : {};
}

/** Takes back what was told of an answer, its boxes on the stage too: the next one may put them elsewhere. */
function beginAnew(state: AppState, { id, image }: Turn): Partial<AppState> {
  const boxes = imageOf(state, image).boxes.filter(({ turn }) => turn !== id);
  return {
    ...changeTurn(state, id, { status: 'reading', tokens: [], grounded: null, numbers: [] }),
    ...changeImage(state, image, { boxes }),
  };
}

/** Gives a turn what is known of its answer by now. */
export function growAnswer(
  state: AppState,
  turnId: string,
  grounded: GroundedText,
  change: Partial<Turn>,
): Partial<AppState> {
  const turn = state.turns[turnId];
  return turn ? grow(state, turn, grounded, change) : {};
}

function grow(state: AppState, turn: Turn, said: GroundedText, change: Partial<Turn>): Partial<AppState> {
  const image = imageOf(state, turn.image);
  const grounded = onRegions(said, regionsOf(turn.task));
  const boxes = markBoxes(image.boxes, turn.id, grounded, numberedRegions(state, turn.image));
  const numbers =
    boxes === image.boxes && turn.numbers.length === grounded.entities.length
      ? turn.numbers
      : entityNumbers(boxes, turn.id, grounded.entities.length);
  return {
    ...changeTurn(state, turn.id, { ...change, grounded, numbers }),
    // The region that was asked about is a box now.
    ...(boxes !== image.boxes && turn.task.mode === 'refer' ? withoutAsked(state, image.id, turn.task.region) : {}),
    // The newest answer stands out from its first box on.
    ...(boxes === image.boxes ? {} : changeImage(state, image.id, { boxes, focus: turn.id })),
  };
}
