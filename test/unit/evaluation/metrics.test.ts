import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { around, firstRight } from '../../../src/evaluation/metrics/box-recall.ts';
import { captionWords } from '../../../src/evaluation/metrics/caption-words.ts';
import { ciderScores } from '../../../src/evaluation/metrics/cider.ts';
import { meteorExact } from '../../../src/evaluation/metrics/meteor-exact.ts';
import { vqaAccuracy } from '../../../src/evaluation/metrics/vqa-accuracy.ts';
import { iou, unitBox } from '../../../src/kosmos2/box.ts';
import { fixture } from '../../support/packages.ts';

/** Random cases and what pycocoevalcap, nltk, lavis and pycocotools make of them (scripts/reference-metrics). */
const reference = JSON.parse(readFileSync(fixture('evaluation/metrics.json'), 'utf8')) as {
  captions: { candidate: string[]; references: string[][]; cider: number; meteor: number }[];
  questions: { answer: string; people: string[]; accuracy: number }[];
  tokens: { text: string; words: string[] }[];
  boxes: { boxes: [number, number, number, number][]; iou: number }[];
};

describe('on random cases as the implementations from PyPI', () => {
  it('CIDEr-D', () => {
    const scores = ciderScores(reference.captions);
    for (const [index, { cider }] of reference.captions.entries()) expect(scores[index]).toBeCloseTo(cider, 9);
  });

  it('METEOR with its exact matcher', () => {
    for (const { candidate, references, meteor } of reference.captions) {
      expect(meteorExact(candidate, references)).toBeCloseTo(meteor, 9);
    }
  });

  it('VQA accuracy, answers mended as officially', () => {
    for (const { answer, people, accuracy } of reference.questions) {
      expect(vqaAccuracy(answer, people), `${answer} of ${people.join(' | ')}`).toBeCloseTo(accuracy, 9);
    }
  });

  it('words of a caption, for CIDEr and METEOR', () => {
    for (const { text, words } of reference.tokens) expect(captionWords(text), text).toEqual(words);
  });

  it('overlap of boxes', () => {
    for (const { boxes, iou: expected } of reference.boxes) {
      const [one = unitBox(0, 0, 0, 0), other = one] = boxes.map((box) => unitBox(...box));
      expect(iou(one, other)).toBeCloseTo(expected, 9);
    }
  });
});

describe('recall at k', () => {
  const left = unitBox(0, 0, 0.4, 1);
  const right = unitBox(0.6, 0, 1, 1);
  const all = unitBox(0, 0, 1, 1);

  it('any box of the truth counts in the one protocol, the box around all of it in the other', () => {
    expect(firstRight([right], [left, right], 'any')).toBe(1);
    expect(firstRight([right], [left, right], 'merged')).toBeNull();
    expect(firstRight([right, all], [left, right], 'merged')).toBe(2);
    expect(around([left, right])).toEqual(all);
  });

  it('an answer without boxes is right at no rank', () => expect(firstRight([], [left], 'any')).toBeNull());
});
