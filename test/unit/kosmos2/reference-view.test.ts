import { describe, expect, it } from 'vitest';
import { parseText } from '../../../src/kosmos2/answer-parser.ts';
import { referenceView } from '../../../src/kosmos2/reference-view.ts';
import { DEMO, fixture, loadTokenizer, REAL } from './fixtures.ts';

const { specials } = loadTokenizer(REAL);
const view = (text: string) => referenceView(parseText(text, specials).text());

describe('the reference view', () => {
  type Case = { text: string; caption: string; entities: unknown[] };
  const cases = fixture<Case[]>('reference/postprocess.json');

  it('is what the reference makes of every given text', () => {
    expect(cases).toHaveLength(90);
    for (const { text, caption, entities } of cases) expect(view(text), text).toEqual({ caption, entities });
  });

  it('does not depend on which tokenizer the tags are read with', () => {
    const other = loadTokenizer(DEMO).specials;
    for (const { text } of cases) expect(referenceView(parseText(text, other).text())).toEqual(view(text));
  });

  it('is that of the official answers, to their four decimals', () => {
    type Official = { text: string; caption: string; entities: [string, [number, number], number[][]][] };
    for (const { text, ...expected } of fixture<{ cases: Official[] }>('reference/official/snowman.json').cases) {
      const { caption, entities } = view(text);
      expect(caption).toBe(expected.caption);
      expect(entities.map(([name, span]) => [name, span])).toEqual(
        expected.entities.map(([name, span]) => [name, span]),
      );
      entities.forEach(([, , boxes], at) => {
        boxes.flat().forEach((x, i) => {
          expect(x).toBeCloseTo(expected.entities[at]?.[2].flat()[i] ?? Number.NaN, 4);
        });
      });
    }
  });

  // Made with the reference's regular expressions, in Python.
  it.each<[string, string, unknown[]]>([
    ['x </image> y', 'y', []],
    ['a <\n> b', 'a <\n> b', []],
    ['< < a > b', 'b', []],
    ['\u001c a\u0085', 'a', []],
    ['\ufeffa', '\ufeffa', []],
    [
      ' <object><patch_index_5><patch_index_0044></object>',
      '',
      [['<patch_index_5><patch_index_44>', [0, 0], [[0.171875, 0.015625, 0.390625, 0.046875]]]],
    ],
    [
      '<object><patch_index_0044><patch_index_0863></object>  x',
      'x',
      [['<patch_index_44><patch_index_863>', [-2, -2], [[0.390625, 0.046875, 0.984375, 0.828125]]]],
    ],
    [
      '< b<phrase> x </phrase><object><patch_index_0001><patch_index_0032></object>',
      'x',
      [['x', [0, 1], [[0.046875, 0.015625, 0.015625, 0.046875]]]],
    ],
  ])('keeps the quirks: %j', (text, caption, entities) => {
    expect(view(text)).toEqual({ caption, entities });
  });

  it.each([
    '<',
    '<phrase>',
    ' ',
    '<object><patch_index_0001>',
    '<object><patch_index_0001><patch_index_0001></object>',
  ])('of 300,000 characters of %j takes less than two seconds', (unit) => {
    const text = `${unit.repeat(Math.ceil(300_000 / unit.length))}x`;
    const before = process.cpuUsage();
    view(text);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});
