import { describe, expect, it } from 'vitest';
import { AnswerParser, parseText } from '../../../src/kosmos2/answer-parser.ts';
import { codePoints } from '../../../src/kosmos2/caption.ts';
import { referenceView } from '../../../src/kosmos2/reference-view.ts';
import { loadTokenizer, REAL } from './fixtures.ts';

describe('malformed answers', () => {
  const { codec, specials } = loadTokenizer(REAL);
  const summary = (text: string) =>
    parseText(text, specials)
      .snapshot()
      .entities.map(({ phrase, boxes, complete }) => [phrase, boxes.length, complete]);
  const [UL, LR] = ['<patch_index_0044>', '<patch_index_0863>'];
  const NEXT = '</delimiter_of_multi_objects/>';

  it.each<[string, string, [string | null, number, boolean][]]>([
    ['stopped inside a phrase', 'a<phrase> do', [['do', 0, false]]],
    ['stopped before the second corner', `<phrase> a dog</phrase><object>${UL}`, [['a dog', 0, false]]],
    [
      'stopped before the end of the object',
      `<phrase> a dog</phrase><object>${UL}${LR}${NEXT}${UL}`,
      [['a dog', 1, false]],
    ],
    ['an object without a phrase is one entity', `<object>${UL}${LR}${NEXT}${UL}${LR}</object>`, [[null, 2, true]]],
    ['a phrase without an object is words', '<phrase> a</phrase> b', []],
    [
      'only the last of two phrases is located',
      `<phrase> a</phrase><phrase> b</phrase><object>${UL}${LR}</object>`,
      [['b', 1, true]],
    ],
    ['a space between phrase and object', `<phrase> a</phrase> <object>${UL}${LR}</object>`, [['a', 1, true]]],
    ['a phrase that is not closed', `<phrase> a<object>${UL}${LR}</object>`, [['a', 1, true]]],
    ['words inside an object end it', `<phrase> a</phrase><object>${UL}${LR} dog</object>`, [['a', 1, false]]],
    [
      'an object inside an object',
      `<object>${UL}${LR}<object>${UL}${LR}</object>`,
      [
        [null, 1, false],
        [null, 1, true],
      ],
    ],
    ['a corner left alone', `<object>${UL}${NEXT}${UL}${LR}</object>`, [[null, 1, true]]],
    ['four corners in a row', `<object>${UL}${LR}${UL}${LR}</object>`, [[null, 2, true]]],
    ['an inverted pair', `<object>${LR}${UL}</object>`, [[null, 1, true]]],
    ['an empty object', '<phrase> a</phrase><object></object> b', []],
    ['locations outside of objects', `${UL}${LR} a${NEXT}`, []],
    ['closing tags alone', '</object></phrase></object>', []],
    [
      'an object closed inside a phrase',
      `<phrase> a</object> dog</phrase><object>${UL}${LR}</object>`,
      [['a dog', 1, true]],
    ],
    ['a phrase closed twice', `<phrase> a</phrase></phrase><object>${UL}${LR}</object></object>`, [['a', 1, true]]],
  ])('%s', (_, text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  it('never throw and always give offsets inside the caption, whatever the tokens', () => {
    let state = 11;
    const roll = (n: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    const tags = [...specials.byContent.values()].slice(0, 24);
    const words = codec.encodeText('a dog 🐶 , . – in the park');
    for (let round = 0; round < 3000; round += 1) {
      const parser = new AnswerParser(specials, codec);
      for (let n = roll(25); n >= 0; n -= 1) {
        const id =
          roll(10) === 0 ? roll(70_000) - 2500 : roll(3) > 0 ? tags[roll(tags.length)] : words[roll(words.length)];
        if (roll(5) === 0) parser.pushPrompt(id ?? 0);
        else parser.push(id ?? 0, roll(2) === 0 ? 0.5 : null);
        const { caption, answerStart, entities } = parser.snapshot();
        const length = codePoints(caption);
        expect(answerStart).toBeLessThanOrEqual(length);
        entities.forEach(({ index, start, end, phrase }, at) => {
          expect(index).toBe(at);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(length);
          if (phrase !== null) expect(Array.from(caption).slice(start, end).join('')).toBe(phrase);
        });
        expect(() => referenceView(parser.text())).not.toThrow();
        expect(typeof parser.answer()).toBe('string');
      }
    }
  });
});
