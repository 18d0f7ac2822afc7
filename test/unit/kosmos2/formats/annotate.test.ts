import { describe, expect, it } from 'vitest';
import { parseText } from '../../../../src/kosmos2/answer-parser.ts';
import { unitBox } from '../../../../src/kosmos2/box.ts';
import { annotate, mergeByFile } from '../../../../src/kosmos2/formats/annotated-image.ts';
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

  it('of one file is one picture with all its boxes', () => {
    const merged = mergeByFile([snowman, hostile, again]);
    expect(merged.map(({ fileName }) => fileName)).toEqual([snowman.fileName, hostile.fileName]);
    expect(merged[0]?.entities).toEqual([...snowman.entities, ...again.entities]);
    expect(snowman.entities).toHaveLength(2);
  });
});
