import { unitBox } from '../../../../src/kosmos2/box.ts';
import type { AnnotatedImage } from '../../../../src/kosmos2/formats/annotated-image.ts';

/** Words that mean something in one format or another. */
export const HOSTILE = [
  '</name><script>alert("1")</script>',
  '=HYPERLINK("http://evil.example","click")',
  'a "quoted", semi;colon\r\nand a second line',
  '[link](javascript:alert(1)) ![x](y) <b>*bold*</b> `code` &amp; https://evil.example www.evil.example a@evil.example',
  "1. it's # not - a | list ]]> <!-- --> {x} $y$ ~~z~~ \\ ^2",
  '😀 snowman\u0000\u0007\ud800 ☃',
] as const;

export const snowman: AnnotatedImage = {
  fileName: 'snow man.png',
  width: 640,
  height: 480,
  caption: '☃😀 An image of a snowman by two fires.',
  entities: [
    { phrase: 'a snowman', start: 15, end: 24, boxes: [unitBox(0.125, 0.25, 0.5, 0.75)], score: 0.875 },
    {
      phrase: 'two fires',
      start: 28,
      end: 37,
      boxes: [unitBox(0, 0, 0.25, 0.5), unitBox(0.625, 0.5, 1, 1)],
      score: null,
      edited: [1],
    },
  ],
};

/** The same picture with another caption. */
export const again: AnnotatedImage = {
  ...snowman,
  caption: 'a snowman',
  entities: [
    {
      phrase: 'a snowman',
      start: 0,
      end: 9,
      boxes: [unitBox(0.25, 0.25, 0.5, 0.5)],
      score: 0.5,
      kind: 'referring-expression',
    },
  ],
};

/** One entity for every hostile text, and one without words; the file's name is hostile too. */
export const hostile: AnnotatedImage = {
  fileName: '../..\\"><svg onload=x>.png',
  width: 100,
  height: 1000,
  caption: HOSTILE.join(' '),
  entities: [
    ...HOSTILE.map((phrase, index) => {
      const start = Array.from(HOSTILE.slice(0, index).join(' ')).length + (index === 0 ? 0 : 1);
      const end = start + Array.from(phrase).length;
      return { phrase, start, end, boxes: [unitBox(0.125, 0.5, 0.25, 0.75)], score: 0.5 };
    }),
    { phrase: null, start: 0, end: 0, boxes: [unitBox(0, 0, 1, 1)], score: null },
  ],
};

export const all: readonly AnnotatedImage[] = [snowman, again, hostile];
