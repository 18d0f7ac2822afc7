import { readFileSync } from 'node:fs';
import { iou, type UnitBox } from '../../src/kosmos2/box.ts';
import { fixture } from './packages.ts';

/** A phrase of a sample scene and where it is. */
export interface Truth {
  readonly image: string;
  readonly prompt: string;
  readonly boxes: readonly UnitBox[];
}

/** A prompt for a sample scene and what the reference implementation generated (float32, greedy, no grammar). */
export interface Recorded {
  readonly image: string;
  readonly prompt: string;
  readonly generated_ids: readonly number[];
}

function jsonLines<T>(path: string): T[] {
  const lines = readFileSync(fixture(path), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

/** The phrases of the sample scenes. */
export const truths: readonly Truth[] = jsonLines('demo-scenes/truth.jsonl');

/** The recorded answers, scene by scene. */
export const recordedAnswers: readonly Recorded[] = jsonLines('demo-scenes/expected.jsonl');

/** Whether the first box found is one of the right ones: recall@1 at IoU 0.5. */
export function isHit(first: UnitBox | undefined, { boxes }: Truth): boolean {
  return first !== undefined && boxes.some((box) => iou(first, box) >= 0.5);
}
