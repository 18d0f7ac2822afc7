import { describe, expect, it } from 'vitest';
import { AnswerParser, parseText } from '../../../src/kosmos2/answer-parser.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { referenceView } from '../../../src/kosmos2/reference-view.ts';
import { DEMO, fixture, fixtureLines, loadTokenizer, REAL } from './fixtures.ts';

const real = loadTokenizer(REAL);
const demo = loadTokenizer(DEMO);
type Loaded = typeof real;

/** Reads a prompt, then an answer, both written with tags. */
function read(prompt: string, answer: string, { codec, specials }: Loaded = real): AnswerParser {
  const parser = new AnswerParser(specials, codec);
  for (const id of codec.encodeAll(prompt)) parser.pushPrompt(id);
  for (const id of codec.encodeAll(answer)) parser.push(id, 0.5);
  return parser;
}

/** The words an entity's offsets point at. */
function wordsOf({ caption, entities }: GroundedText, index: number): string {
  const { start = 0, end = 0 } = entities[index] ?? {};
  return Array.from(caption).slice(start, end).join('');
}

const OBJECT = '<object><patch_index_0044><patch_index_0863></object>';
const DOG = `<phrase> a dog</phrase>${OBJECT}`;

describe('the official snowman answers', () => {
  type Case = {
    prompt: string;
    ids: number[];
    text: string;
    caption: string;
    entities: [string, [number, number], number[][]][];
  };
  const { cases } = fixture<{ cases: Case[] }>('reference/official/snowman.json');

  it.each(cases)('$prompt: text, caption and entities are those of the reference', ({ prompt, ids, ...expected }) => {
    const { codec, specials } = real;
    const parser = new AnswerParser(specials, codec);
    const promptLength = 1 + 66 + codec.encodePrompt(prompt).length;
    for (const [at, id] of ids.entries()) at < promptLength ? parser.pushPrompt(id) : parser.push(id, 0.9);

    const grounded = parser.snapshot();
    expect(parser.text()).toBe(expected.text);
    expect(grounded.caption).toBe(expected.caption);
    const entities = grounded.entities.map(({ phrase, start, end, boxes }) => [
      phrase,
      [start, end],
      boxes.map(({ box }) => box.map((x) => Number(x.toFixed(4)))),
    ]);
    const rounded = expected.entities.map(([phrase, span, boxes]) => [
      phrase,
      span,
      boxes.map((box) => box.map((x) => Number(x.toFixed(4)))),
    ]);
    expect(entities).toEqual(rounded);
    expect(grounded.entities.every(({ complete }) => complete)).toBe(true);
    const plainPrompt = prompt.replace('<grounding>', '').trim();
    expect(grounded.caption.startsWith(plainPrompt)).toBe(true);
    expect(parser.answer()).toBe(expected.caption.slice(plainPrompt.length).trim());
  });
});

describe('the answers of the demo model', () => {
  type Line = { prompt: string; generated_ids: number[]; generated_text: string };
  const lines = fixtureLines<Line>('demo-scenes/expected.jsonl');

  it('are printed as the reference decodes them, and read as its post-processing reads them', () => {
    for (const { prompt, generated_ids, generated_text } of lines) {
      const { codec, specials } = demo;
      const parser = new AnswerParser(specials, codec);
      for (const id of codec.encodePrompt(prompt)) parser.pushPrompt(id);
      const printed = parser.text();
      for (const id of generated_ids) parser.push(id, 0.9);
      const added = parser.text().slice(printed.length);
      expect(added.trimStart()).toBe(generated_text.replace('</s>', '').trimStart());

      const { caption, entities } = parser.snapshot();
      const view = referenceView(parser.text());
      expect(caption).toBe(view.caption);
      expect(
        entities.map(({ phrase, start, end, boxes }) => [phrase, [start, end], boxes.map(({ box }) => box)]),
      ).toEqual(view.entities);
    }
  });
});

describe('a growing answer', () => {
  const { codec, specials } = real;

  it('has a box the moment both of its tokens are there, under the same index ever after', () => {
    const parser = new AnswerParser(specials, codec);
    const seen: [number, boolean][] = [];
    for (const id of codec.encodeAll(`${DOG} and${DOG}`)) {
      parser.push(id, 0.5);
      const { entities } = parser.snapshot();
      entities.forEach(({ index }, at) => {
        expect(index).toBe(at);
      });
      const { boxes, complete } = entities[0] ?? { boxes: [], complete: false };
      seen.push([boxes.length, complete]);
    }
    // <phrase> ▁a ▁dog </phrase> <object> ul | lr | </object> and the rest
    expect(seen.slice(0, 8)).toEqual([...Array(6).fill([0, false]), [1, false], [1, true]]);
    expect(seen.slice(8).every(([boxes, complete]) => boxes === 1 && complete)).toBe(true);
  });

  it('shows its phrase while that is still being written', () => {
    const parser = new AnswerParser(specials, codec);
    for (const id of codec.encodeAll('<phrase> a red')) parser.push(id);
    expect(parser.snapshot()).toEqual({
      caption: 'a red',
      answerStart: 0,
      entities: [{ index: 0, phrase: 'a red', start: 0, end: 5, boxes: [], complete: false, score: null }],
    });
  });

  it('never changes a snapshot that was taken', () => {
    const parser = new AnswerParser(specials, codec);
    const taken: [GroundedText, string][] = [];
    for (const id of codec.encodeAll(`An image of${DOG}, and${DOG}.`)) {
      parser.push(id, 0.5);
      const snapshot = parser.snapshot();
      taken.push([snapshot, JSON.stringify(snapshot)]);
    }
    for (const [snapshot, text] of taken) expect(JSON.stringify(snapshot)).toBe(text);
  });

  it('of four thousand tokens is read, snapshot after snapshot, in less than three seconds', () => {
    const parser = new AnswerParser(specials, codec);
    const ids = codec.encodeAll(`the quick brown fox saw${DOG}`);
    const before = process.cpuUsage();
    for (let n = 0; n < 4000; n += 1) {
      parser.push(ids[n % ids.length] ?? 0, 0.5);
      parser.snapshot();
    }
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3);
    expect(parser.snapshot().entities.length).toBeGreaterThan(300);
  });
});

describe('find', () => {
  it('has the phrase from the prompt and the boxes from the answer', () => {
    const parser = read(
      '<grounding><phrase> two dogs</phrase>',
      '<object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/><patch_index_0005><patch_index_0911></object></s>',
    );
    const { caption, answerStart, entities } = parser.snapshot();
    expect({ caption, answerStart, answer: parser.answer() }).toEqual({
      caption: 'two dogs',
      answerStart: 8,
      answer: '',
    });
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({ phrase: 'two dogs', start: 0, end: 8, complete: true, score: 0.25 });
    expect(entities[0]?.boxes.map(({ upperLeft, lowerRight }) => [upperLeft, lowerRight])).toEqual([
      [44, 863],
      [5, 911],
    ]);
  });

  it('keeps a phrase that was not located as long as nothing else is said', () => {
    const parser = read('<grounding><phrase> a dog</phrase>', '</s>');
    expect(parser.snapshot().entities).toMatchObject([{ phrase: 'a dog', boxes: [], complete: false }]);
  });
});

describe('scores', () => {
  it('are the product of the two tokens, the mean of the boxes, and null in the prompt', () => {
    const { codec, specials } = real;
    const parser = new AnswerParser(specials, codec);
    for (const id of codec.encodeAll(DOG)) parser.pushPrompt(id);
    const probabilities = [1, 1, 1, 1, 1, 0.5, 0.4, 1, 0.8, 0.5, 1];
    const answer = codec.encodeAll(
      '<phrase> a cat</phrase><object><patch_index_0001><patch_index_0033></delimiter_of_multi_objects/><patch_index_0005><patch_index_0911></object>',
    );
    expect(answer).toHaveLength(probabilities.length);
    for (const [at, id] of answer.entries()) parser.push(id, probabilities[at]);
    const [prompted, generated] = parser.snapshot().entities;
    expect([prompted?.score, prompted?.boxes[0]?.score]).toEqual([null, null]);
    expect(generated?.boxes.map(({ score }) => score)).toEqual([0.2, 0.4]);
    expect(generated?.score).toBeCloseTo(0.3);
  });

  it('count a corner from the prompt as certain', () => {
    const parser = read('<object><patch_index_0001>', '<patch_index_0033></object>');
    expect(parser.snapshot().entities[0]?.boxes[0]?.score).toBe(0.5);
  });
});

describe('offsets', () => {
  it('count code points and point at the phrase', () => {
    const grounded = parseText(`🙂 smile<phrase> a 🐶 dog</phrase>${OBJECT} 🍕.`, real.specials).snapshot();
    expect(grounded.caption).toBe('🙂 smile a 🐶 dog 🍕.');
    expect(grounded.entities[0]).toMatchObject({ phrase: 'a 🐶 dog', start: 8, end: 15 });
    expect(wordsOf(grounded, 0)).toBe('a 🐶 dog');
  });

  it('say where the answer begins', () => {
    const { caption, answerStart } = read('<grounding>An image of', `${DOG}.`).snapshot();
    expect([caption, caption.slice(answerStart)]).toEqual(['An image of a dog .', ' a dog .']);
  });

  it('of an object without a phrase are equal, and inside the caption', () => {
    const { caption, entities } = parseText(`${OBJECT} a  ${OBJECT} `, real.specials).snapshot();
    expect(caption).toBe('a');
    expect(entities.map(({ phrase, start, end }) => [phrase, start, end])).toEqual([
      [null, 0, 0],
      [null, 1, 1],
    ]);
  });
});

describe('images', () => {
  it('are no part of the text, and only what follows the last one counts', () => {
    const { codec, specials } = real;
    const image = [
      specials.image,
      ...Array.from({ length: 64 }, (_, i) => specials.firstImageSlot + i),
      specials.endImage,
    ];
    const parser = new AnswerParser(specials, codec);
    const shot = [specials.bos, ...image, ...codec.encodeAll(`Question: What? Answer:${DOG}`)];
    for (const id of [...shot, ...image, ...codec.encodeAll('Question: What?')]) parser.pushPrompt(id);
    expect(parser.text()).toBe('Question: What?');
    expect(parser.snapshot()).toEqual({ caption: 'Question: What?', answerStart: 15, entities: [] });
  });

  it('cannot be ended by the model, to the loss of what was said', () => {
    const { caption } = read('a', 'b</image> c<image> d').snapshot();
    expect(caption).toBe('a b c d');
  });
});

describe('spaces before punctuation', () => {
  const text = "is<phrase> it</phrase>? I ' m sure, don 't you . do n't";

  it('are kept or taken out as the package says', () => {
    const { codec, specials } = real;
    const printed = (cleanUpSpaces: boolean) => {
      const parser = new AnswerParser(specials, { ...codec, cleanUpSpaces });
      for (const id of codec.encodeAll(text)) parser.push(id);
      return parser;
    };
    expect(printed(false).text()).toBe("is<phrase> it</phrase> ? I ' m sure, don 't you . do n't");
    expect(printed(true).text()).toBe("is<phrase> it</phrase>? I'm sure, don 't you. don't");
    expect(printed(true).snapshot().caption).toBe("is it? I'm sure, don 't you. don't");
  });

  it.each([
    ["The sign says '", [' stop', " '", '.'], "stop '.", "The sign says'stop '."],
    ["The dogs '", ['s'], 's', "The dogs's"],
    ['It is', [' ', '.'], '.', 'It is.'],
    ['They do n', ["'t"], "'t", "They don't"],
  ])('take nothing from the answer to "%s"', (prompt, answer, words, text) => {
    const pieces = [prompt, ...answer];
    const parser = new AnswerParser(real.specials, { decodeToken: (id) => pieces[id - 10] ?? '', cleanUpSpaces: true });
    for (const at of pieces.keys()) at === 0 ? parser.pushPrompt(10) : parser.push(at + 10);
    expect(parser.answer()).toBe(words);
    expect(parser.snapshot().caption.startsWith(prompt)).toBe(true);
    expect(parser.text()).toBe(text);
  });
});
