import type { UnitBox } from '../kosmos2/box.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import type { PatchPair } from '../kosmos2/patch-index.ts';
import type { TextSpan } from '../kosmos2/task-prompts.ts';
import type { AppError } from '../protocol/errors.ts';
import type { FinishReason, Timings, TokenTrace } from '../protocol/generation.ts';
import type { ChoiceScore } from '../protocol/scoring.ts';
import type { Settings } from './settings.ts';

/** A place of the picture put into a question: the number it has on the stage and its location. */
export interface Region {
  readonly number: number;
  readonly patches: PatchPair;
  readonly box: UnitBox;
}

/** A worked example of a few-shot question: another picture, and the answer that is right for it. */
export interface Example {
  readonly image: string;
  readonly answer: string;
}

/** What a person can ask of a picture. */
export type Task =
  /** A sentence with locations, a longer text with them, a sentence without. */
  | { readonly mode: 'describe' }
  | { readonly mode: 'detail' }
  | { readonly mode: 'caption' }
  /** Where is this, a word or a description? */
  | { readonly mode: 'find'; readonly words: string }
  /** A question answered with locations, about regions or none; and one answered in plain words. */
  | { readonly mode: 'ask'; readonly words: string; readonly regions: readonly Region[] }
  | { readonly mode: 'plain'; readonly words: string }
  /** What is this? */
  | { readonly mode: 'refer'; readonly region: Region }
  /** The part of the picture around a region, alone and in all of its pixels. */
  | {
      readonly mode: 'closer';
      readonly region: Region;
      readonly frame: UnitBox;
      /** Size of the frame in pixels. */
      readonly pixels: { readonly width: number; readonly height: number };
    }
  /** Are there more of what is called so and is in these regions? */
  | { readonly mode: 'others'; readonly words: string; readonly regions: readonly Region[] }
  /** Which of these answers is the most probable? */
  | { readonly mode: 'choose'; readonly words: string; readonly choices: readonly string[] }
  /** A question that examples show how to answer. */
  | { readonly mode: 'fewshot'; readonly words: string; readonly examples: readonly Example[] }
  /** Where are the phrases of a person's own text? Spans are code points of the words. */
  | { readonly mode: 'ground'; readonly words: string; readonly spans: readonly TextSpan[] }
  /** A text to go on with, without a picture. */
  | { readonly mode: 'language'; readonly words: string }
  /** A prompt in which the model's own tags count. */
  | { readonly mode: 'expert'; readonly words: string };

/** Modes of the composer that stand as words in a row. */
export const COMMON_MODES = ['describe', 'detail', 'find', 'ask', 'refer'] as const satisfies readonly Task['mode'][];

/** Modes of the composer behind "More". */
export const FURTHER_MODES = [
  'plain',
  'caption',
  'choose',
  'ground',
  'fewshot',
  'language',
  'expert',
] as const satisfies readonly Task['mode'][];

/** All of them, in the order in which they are shown. */
export const MODES = [...COMMON_MODES, ...FURTHER_MODES] as const;

/** Tasks that are asked by pointing only. */
export const POINTED_MODES = ['closer', 'others'] as const satisfies readonly Task['mode'][];

export type FurtherMode = (typeof FURTHER_MODES)[number];
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
  /** What it was asked with. */
  readonly settings: Settings;
  /** Whether earlier turns are read before the question, as far as they fit; and how many of how many did. */
  readonly followUp: boolean;
  readonly memory: Memory | null;
  /** What the model said, where a person corrected it since; null where the answer is as it was. */
  readonly original: Pick<Turn, 'grounded' | 'numbers'> | null;
  /** The answer token by token. */
  readonly tokens: readonly WrittenToken[];
  /** How well each choice fits; null for all other tasks. */
  readonly scores: readonly ChoiceScore[] | null;
}

/** How many of the earlier turns the model read again. */
export interface Memory {
  readonly kept: number;
  readonly of: number;
}

/** A token of an answer, and how the model came to it. */
export interface WrittenToken {
  readonly id: number;
  readonly text: string;
  readonly probability: number;
  readonly trace: TokenTrace | null;
}

/** How a turn is asked. */
export type Manner = Pick<Turn, 'settings' | 'followUp'>;

export function newTurn(id: string, image: string, task: Task, manner: Manner): Turn {
  return {
    id,
    image,
    task,
    ...manner,
    status: 'waiting',
    grounded: null,
    numbers: [],
    finish: null,
    timings: null,
    error: null,
    memory: null,
    original: null,
    tokens: [],
    scores: null,
  };
}

/** Whether this turn has reached its end, whichever. */
export function isOver(turn: Turn): boolean {
  return turn.status === 'done' || turn.status === 'stopped' || turn.status === 'failed';
}

/** The regions a task is about. */
export function regionsOf(task: Task): readonly Region[] {
  if ('regions' in task) return task.regions;
  return 'region' in task ? [task.region] : [];
}

/** What was typed for a task, empty where nothing is. */
export function wordsOf(task: Task): string {
  return 'words' in task ? task.words : '';
}
