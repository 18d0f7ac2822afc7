import type { SceneTruth } from '../scenes/truth.ts';
import type { MarkedBox } from './marks.ts';

/** A picture and the conversation about it. */
export interface PageImage {
  readonly id: string;
  /** Samples are scenes the demo model knows; everything else is a person's own. */
  readonly kind: 'sample' | 'own';
  /** In words, for people who do not see it. */
  readonly name: string;
  /** Where an `<img>` finds it: a path of the site, or an object URL. */
  readonly url: string;
  /** A sample in a few hundred bytes, as a data address, for the time before it is fetched. */
  readonly preview: string | null;
  /** Bytes of an own picture; a sample is fetched when the model first needs it. */
  readonly blob: Blob | null;
  /** Pixels as a browser shows it. */
  readonly width: number;
  readonly height: number;
  readonly turns: readonly string[];
  /** Boxes of all answers, in order of appearance. */
  readonly boxes: readonly MarkedBox[];
  /** The answer whose boxes stand out; null shows all alike. */
  readonly focus: string | null;
  /** Whether the caption that a scene is greeted with was asked for. */
  readonly greeted: boolean;
  /** What is known of a scene that a person made here; null of every other picture. */
  readonly truth: SceneTruth | null;
}

export function newImage(
  from: Pick<PageImage, 'id' | 'kind' | 'name' | 'url' | 'blob' | 'width' | 'height'>,
  truth: SceneTruth | null = null,
  preview: string | null = null,
): PageImage {
  return { ...from, preview, turns: [], boxes: [], focus: null, greeted: false, truth };
}

/** A sample scene at `url`, a path relative to the page. */
export function sampleImage(
  name: string,
  url: string,
  width: number,
  height: number,
  preview: string | null = null,
): PageImage {
  return newImage({ id: url, kind: 'sample', name, url, blob: null, width, height }, null, preview);
}
