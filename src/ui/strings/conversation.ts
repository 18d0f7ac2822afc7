import type { WireError } from '../../protocol/errors.ts';
import type { FinishReason } from '../../protocol/generation.ts';
import type { ChangeKind } from '../../state/history.ts';
import type { Task } from '../../state/turn.ts';
import { modes } from './composer.ts';
import { count, percent, seconds } from './format.ts';
import { boxActions } from './stage.ts';

const pointedWords = {
  refer: boxActions.whatIsThis,
  closer: boxActions.lookCloser,
  others: boxActions.findOthers,
} as const;

const taskWord = (mode: Task['mode']) =>
  mode === 'refer' || mode === 'closer' || mode === 'others' ? pointedWords[mode] : modes[mode].word;

export const conversation = {
  label: 'Conversation',
  task: taskWord,
  sampleWaits: 'The caption of this scene writes itself as soon as the model is ready.',
  ownWaits: 'Choose below what to do with this picture.',
  ownPhoto:
    'The demo model only knows drawn emoji scenes. It was never shown photos, so expect wrong answers about them.',
  onCpu: (reason: WireError) =>
    reason.code === 'WEBGPU_UNAVAILABLE' && !('reason' in reason.details)
      ? 'This browser offers no WebGPU, so the model runs on the CPU: slower, same answers.'
      : reason.code === 'WORKER_LOST' || reason.code === 'DEVICE_LOST'
        ? 'The GPU was lost here, so the model runs on the CPU: slower, same answers.'
        : `WebGPU failed here, so the model runs on the CPU: slower, same answers. (${reason.message})`,
  waiting: 'Waiting for the model',
  memory: (kept: number, of: number) => `after ${kept} of ${count(of, 'earlier turn')}`,
  waitingTurn: 'Waiting for the answer before it',
  reading: 'Looking at the picture',
  stopped: 'Stopped.',
  noBox: (words: string) => `No box for '${words}'.`,
  unknownWords: (words: string) => `The model does not know '${words}': whatever it marks is a guess. Ask in English.`,
  noAnswer: 'The model had no answer.',
  probability: percent,
  noOthers: (words: string) => `No other '${words}' found.`,
  closer: (width: number, height: number) => `alone, ${width} × ${height} pixels`,
  region: (number: number) => `region ${number}`,
  firstWord: (milliseconds: number) => `${seconds(milliseconds)} s to first word`,
  speed: (tokensPerSecond: number) => `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens/s`,
  copy: 'Copy',
  again: 'Again',
  showBoxes: (mode: Task['mode']) => `${taskWord(mode)}: show the boxes of this answer`,
  corrected: 'Corrected by hand',
  cancel: 'Cancel',
  finish: {
    eos: '',
    cancelled: 'Stopped.',
    length: 'Cut off at the answer limit.',
    capacity: 'Cut off: the model can hold no more words.',
  } satisfies Record<FinishReason, string>,
};

export const turnMenu = {
  label: 'More about this answer',
  edit: 'Edit and ask again',
  xray: 'X-ray',
  correct: 'Correct boxes',
  link: 'Copy link',
  delete: 'Delete',
};

/** What was removed, and the way back. */
export const undo = {
  done: {
    'delete-turn': 'Deleted.',
    'replace-turn': 'Question changed.',
    'remove-image': 'Picture removed.',
    'remove-region': 'Region removed.',
    clear: 'Pictures and conversations cleared.',
    rename: 'Renamed.',
    'move-box': 'Box moved.',
    'add-box': 'Box added.',
    'delete-box': 'Box deleted.',
    'revert-answer': 'The model’s own boxes are back.',
  } satisfies Record<ChangeKind, string>,
  broughtBack: 'Brought back.',
  undo: 'Undo',
  redo: 'Redo',
};

export const engineFailed = {
  title: 'The model did not start',
  again: 'Try again',
  onCpu: 'Run on the CPU',
};

export const copying = {
  copied: 'Copied',
  refused: 'Not allowed by the browser',
};
