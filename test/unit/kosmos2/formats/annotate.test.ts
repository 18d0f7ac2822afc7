import { describe, expect, it } from 'vitest';
import { parseText } from '../../../../src/kosmos2/answer-parser.ts';
import { unitBox } from '../../../../src/kosmos2/box.ts';
import { annotate, mergeByFile, withBoxes } from '../../../../src/kosmos2/formats/annotated-image.ts';
import { writeCoco } from '../../../../src/kosmos2/formats/coco.ts';
import { writeCsv } from '../../../../src/kosmos2/formats/csv.ts';
import { writeGrit } from '../../../../src/kosmos2/formats/grit.ts';
import type { GroundedText } from '../../../../src/kosmos2/grounded-text.ts';
import { loadTokenizer, REAL } from '../fixtures.ts';
import { again, hostile, snowman } from './samples.ts';

const image = { fileName: 'a.png', width: 10, height: 10 };
const text =
  '<grounding> Question: What is<phrase> 😀 it</phrase><object><patch_index_0044><patch_index_0863></object>? Answer: <phrase>A fire</phrase><object><patch_index_0000><patch_index_1023></object> by<phrase> nothing</phrase>.';

/** Question and answer, as if generation had begun behind "Answer:". */
function grounded(): GroundedText {
  const all = parseText(text, loadTokenizer(REAL).specials).snapshot();
  const answerStart = Array.from(all.caption.slice(0, all.caption.indexOf('Answer:') + 'Answer:'.length)).length;
  return { ...all, answerStart };
}

describe('an annotated image', () => {
  it.each(['all', 'answer'] as const)('of an answer has its phrases where they stand in its caption: %s', (part) => {
    const { caption, entities } = annotate(image, grounded(), part);
    const points = Array.from(caption);
    expect(caption.startsWith(part === 'all' ? 'Question' : 'A fire by')).toBe(true);
    expect(entities.map(({ phrase }) => phrase)).toEqual(part === 'all' ? ['😀 it', 'A fire'] : ['A fire']);
    for (const { phrase, start, end } of entities) expect(points.slice(start, end).join('')).toBe(phrase);
    expect(entities.at(-1)?.boxes).toEqual([unitBox(0.5 / 32, 0.5 / 32, 31.5 / 32, 31.5 / 32)]);
  });

  it('has the upper left corner of every box first, whatever order an answer named them in', () => {
    const inverted = '<phrase>A fire</phrase><object><patch_index_1023><patch_index_0000></object>';
    const { entities } = annotate(image, parseText(inverted, loadTokenizer(REAL).specials).snapshot(), 'all');
    expect(entities[0]?.boxes).toEqual([unitBox(0.5 / 32, 0.5 / 32, 31.5 / 32, 31.5 / 32)]);
  });

  it('scores each box as the model did, not as the mean of its phrase, and none that the prompt or a person gave', () => {
    const box = { upperLeft: 0, lowerRight: 100, box: unitBox(0.1, 0.1, 0.3, 0.3) };
    const boxes = [
      { ...box, score: null },
      { ...box, score: 0.875 },
      { ...box, score: 0.125 },
      { ...box, score: 0.5, edited: true },
    ] as const;
    const entity = { index: 0, phrase: 'dogs', start: 0, end: 4, boxes, complete: true, score: 0.5 };
    const annotated = annotate(image, { caption: 'dogs', answerStart: 0, entities: [entity] }, 'all');
    const read = ([file]: readonly { readonly text: string }[]) => JSON.parse(file?.text ?? '');
    const scores = read(writeCoco([annotated])).annotations.map(({ score }: { score?: number }) => score);
    expect(scores).toEqual([undefined, 0.875, 0.125, undefined]);
    expect(read(writeGrit([annotated])).noun_chunks.map((row: number[]) => row.at(-1))).toEqual([1, 0.875, 0.125, 1]);
    expect(
      writeCsv([annotated])[0]
        ?.text.match(/[\d.]*(?=,(yes|no),)/g)
        ?.filter(Boolean),
    ).toEqual(['0.875000', '0.125000']);
    const kept = annotated.entities.map((one) => withBoxes(one, [2, 3]));
    expect(kept).toMatchObject([{ boxes: [unitBox(0.1, 0.1, 0.3, 0.3), box.box], scores: [0.125, 0.5], edited: [1] }]);
  });

  it('of one file is one picture with all its boxes', () => {
    const merged = mergeByFile([snowman, hostile, again]);
    expect(merged.map(({ fileName }) => fileName)).toEqual([snowman.fileName, hostile.fileName]);
    expect(merged[0]?.entities).toEqual([...snowman.entities, ...again.entities]);
    expect(snowman.entities).toHaveLength(2);
  });
});
