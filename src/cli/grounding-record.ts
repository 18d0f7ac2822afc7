import type { GenerationResult } from '../protocol/generation.ts';

/** An answer as `ground --json` prints it. */
export interface GroundingRecord {
  /** Prompt and answer with their tags, as the reference prints them. */
  readonly text: string;
  /** Prompt and answer in plain words. */
  readonly caption: string;
  /** The answer alone in plain words. */
  readonly answer: string;
  /** Generated ids, a final `</s>` included. */
  readonly ids: readonly number[];
  readonly entities: readonly {
    readonly phrase: string | null;
    /** Where the phrase stands in `caption`, in Unicode code points. */
    readonly start: number;
    readonly end: number;
    /** `[x1, y1, x2, y2]` in 0..1 of the image. */
    readonly boxes: readonly (readonly number[])[];
    /** Mean over the generated boxes of the probability of their two location tokens; null for boxes of the prompt. */
    readonly score: number | null;
    /** That of each box; answers of earlier versions have the mean alone. */
    readonly scores?: readonly (number | null)[];
    /** Only there where generation stopped inside the entity. */
    readonly complete?: false;
  }[];
  readonly finish: string;
  readonly timings: GenerationResult['timings'];
}

export function groundingRecord({ text, answer, ids, grounded, finish, timings }: GenerationResult): GroundingRecord {
  const entities = grounded.entities
    .filter(({ boxes }) => boxes.length > 0)
    .map(({ phrase, start, end, boxes, score, complete }) => ({
      phrase,
      start,
      end,
      boxes: boxes.map(({ box }) => [...box]),
      score,
      scores: boxes.map((box) => box.score),
      ...(complete ? {} : { complete }),
    }));
  return { text, caption: grounded.caption, answer, ids, entities, finish, timings };
}

/** The same for people: the caption, then a line for every phrase. */
export function groundingText({ caption, entities }: GroundingRecord): string {
  const number = (value: number) => value.toFixed(3);
  const lines = entities.map(({ phrase, boxes, score }) => {
    const places = boxes.map((box) => `[${box.map(number).join(', ')}]`).join(' ');
    return `  ${phrase ?? '(no phrase)'}: ${places}${score === null ? '' : `  score ${number(score)}`}`;
  });
  return [caption, ...lines].join('\n');
}
