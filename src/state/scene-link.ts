import type { PageImage } from './page-image.ts';
import { MODES, type Mode, type Task, wordsOf } from './turn.ts';

/** A sample scene and what to ask of it, as a link names them. */
export interface SceneLink {
  /** From 1, in the order of the filmstrip. */
  readonly sample: number;
  readonly mode: Mode;
  readonly words: string;
}

/** Longest prompt a link may carry. */
const LONGEST_WORDS = 1000;

/** Modes that words alone ask; regions, examples and own pictures never go into a link. */
const LINKABLE: readonly Task['mode'][] = [
  'describe',
  'detail',
  'caption',
  'find',
  'ask',
  'plain',
  'language',
  'expert',
];

/**
 * Reads `#sample=2&mode=ask&q=What is on the left?`; a mode or words that are left out are "describe" and none.
 * @param samples how many there are
 * @returns null where the fragment is no such link
 */
export function readSceneLink(fragment: string, samples: number): SceneLink | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const number = fields.get('sample') ?? '';
  const sample = /^[1-9]\d{0,3}$/.test(number) ? Number(number) : 0;
  const mode = MODES.find((one) => one === (fields.get('mode') ?? 'describe'));
  const words = fields.get('q') ?? '';
  const fits = sample >= 1 && sample <= samples && words.length <= LONGEST_WORDS;
  return fits && mode && LINKABLE.includes(mode) ? { sample, mode, words } : null;
}

/** The fragment that asks this task of this sample again; null where it cannot go into a link. */
export function writeSceneLink(task: Task, image: PageImage, images: readonly PageImage[]): string | null {
  const sample = 1 + images.filter(({ kind }) => kind === 'sample').indexOf(image);
  const words = wordsOf(task);
  const withRegions = task.mode === 'ask' && task.regions.length > 0;
  if (sample < 1 || withRegions || !LINKABLE.includes(task.mode) || words.length > LONGEST_WORDS) return null;
  const fields = new URLSearchParams({ sample: String(sample), mode: task.mode });
  if (words !== '') fields.set('q', words);
  return `#${fields}`;
}
