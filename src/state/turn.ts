import type { UnitBox } from '../kosmos2/box.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import type { PatchPair } from '../kosmos2/prompt.ts';
import type { AppError } from '../protocol/errors.ts';
import type { FinishReason, Timings } from '../protocol/generation.ts';

/** A place of the picture put into a question: the number it has on the stage and its location. */
export interface Region {
  readonly number: number;
  readonly patches: PatchPair;
  readonly box: UnitBox;
}

/** What a person can ask of a picture. `refer` is "What is this?" about a box. */
export type Task =
  | { readonly mode: 'describe' }
  | { readonly mode: 'detail' }
  | { readonly mode: 'find'; readonly words: string }
  | { readonly mode: 'ask'; readonly words: string; readonly regions: readonly Region[] }
  | { readonly mode: 'expert'; readonly words: string }
  | { readonly mode: 'refer'; readonly region: Region };

/** Modes of the composer, in the order in which they are shown. */
export const MODES = ['describe', 'detail', 'find', 'ask', 'expert'] as const;

export type Mode = (typeof MODES)[number];

/**
 * `waiting` for the model or for the turn before it, `reading` the picture and the prompt, `writing`, and how it ended.
 */
export type TurnStatus = 'waiting' | 'reading' | 'writing' | 'done' | 'stopped' | 'failed';

/** One question and its answer. */
export interface Turn {
  readonly id: string;
  readonly image: string;
  readonly task: Task;
  readonly status: TurnStatus;
  /** Prompt and answer so far; null before the first token. */
  readonly grounded: GroundedText | null;
  /** Number on the stage of each entity, by its index; 0 while it has no box. */
  readonly numbers: readonly number[];
  readonly finish: FinishReason | null;
  readonly timings: Timings | null;
  readonly error: AppError | null;
}

export function newTurn(id: string, image: string, task: Task): Turn {
  return { id, image, task, status: 'waiting', grounded: null, numbers: [], finish: null, timings: null, error: null };
}

/** Whether this turn has reached its end, whichever. */
export function isOver(turn: Turn): boolean {
  return turn.status === 'done' || turn.status === 'stopped' || turn.status === 'failed';
}

/** What was typed for a task, empty where nothing is. */
export function wordsOf(task: Task): string {
  return 'words' in task ? task.words : '';
}
