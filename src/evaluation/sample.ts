import type { UnitBox } from '../kosmos2/box.ts';

interface About {
  /** The same in every reading of the data set; no two samples share one. */
  readonly id: string;
  /** File name of the picture, without folders. */
  readonly image: string;
  /** What the summary is broken down by: types of a phrase or of an answer. */
  readonly categories: readonly string[];
}

/** Find what a phrase means, alone or behind the words before it. */
export interface PhraseSample extends About {
  readonly task: 'grounding' | 'comprehension';
  readonly phrase: string;
  readonly before: string;
  /** At least one. */
  readonly boxes: readonly UnitBox[];
}

/** Say what is in a region. */
export interface RegionSample extends About {
  readonly task: 'naming';
  readonly region: UnitBox;
  readonly references: readonly string[];
}

/** Describe a picture. */
export interface CaptionSample extends About {
  readonly task: 'captioning';
  readonly references: readonly string[];
}

/** Answer a question; what people answered, ten of them in VQA. */
export interface QuestionSample extends About {
  readonly task: 'answering';
  readonly question: string;
  readonly people: readonly string[];
}

/** One thing to ask, and what is right. */
export type Sample = PhraseSample | RegionSample | CaptionSample | QuestionSample;

/** Tasks of an evaluation, by what is asked for. */
export type Task = Sample['task'];
