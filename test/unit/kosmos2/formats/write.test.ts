import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import type { AnnotatedImage } from '../../../../src/kosmos2/formats/annotated-image.ts';
import { writeCsv } from '../../../../src/kosmos2/formats/csv.ts';
import { fileStems, phraseStems } from '../../../../src/kosmos2/formats/export-file.ts';
import { writeMarkdown } from '../../../../src/kosmos2/formats/markdown.ts';
import { writeSvg } from '../../../../src/kosmos2/formats/svg.ts';
import { writeVoc } from '../../../../src/kosmos2/formats/voc.ts';
import { again, all, HOSTILE, hostile, snowman } from './samples.ts';

const textOf = (files: readonly { readonly text: string }[], index = 0): string => files[index]?.text ?? '';

/** What XML can carry of a text. */
const carried = (text: string) => text.replace(/(?![\r\n\t])\p{Cc}|\p{Cs}/gu, '\ufffd');
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('Pascal VOC', () => {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === 'object' });

  it('is well-formed, a file per picture, all captions of a picture in one', () => {
    const files = writeVoc(all);
    expect(files.map(({ path }) => path)).toEqual(['Annotations/snow-man.xml', 'Annotations/svg-onload-x.xml']);
    for (const { text } of files) expect(XMLValidator.validate(text)).toBe(true);
    expect(parser.parse(textOf(files)).annotation.object).toHaveLength(4);
  });

  it('keeps every name as it is, whatever it holds', () => {
    const { annotation } = parser.parse(textOf(writeVoc([hostile])));
    expect(annotation.filename).toBe(hostile.fileName);
    const names = annotation.object.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...HOSTILE.map((text) => oneLine(carried(text))), 'object']);
  });

  it('counts whole pixels from 1 to the size', () => {
    const { annotation } = parser.parse(textOf(writeVoc([snowman])));
    expect(annotation.size).toEqual({ width: '640', height: '480', depth: '3' });
    expect(annotation.object.map(({ bndbox }: { bndbox: unknown }) => bndbox)).toEqual([
      { xmin: '81', ymin: '121', xmax: '320', ymax: '360' },
      { xmin: '1', ymin: '1', xmax: '160', ymax: '240' },
      { xmin: '401', ymin: '241', xmax: '640', ymax: '480' },
    ]);
  });
});

describe('CSV', () => {
  const rows = (images: readonly AnnotatedImage[]): Record<string, string>[] =>
    parseCsv(textOf(writeCsv(images)), { columns: true, record_delimiter: '\r\n' });

  it('has a row per box, in 0..1 and in pixels', () => {
    const found = rows([snowman]);
    expect(found).toHaveLength(3);
    expect(found[0]).toEqual({
      file: 'snow man.png',
      width: '640',
      height: '480',
      phrase: 'a snowman',
      start: '15',
      end: '24',
      box: '1',
      x1: '0.125000',
      y1: '0.250000',
      x2: '0.500000',
      y2: '0.750000',
      left: '80.00',
      top: '120.00',
      right: '320.00',
      bottom: '360.00',
      score: '0.875000',
      edited: 'no',
      caption: snowman.caption,
    });
    expect(found.slice(1).map(({ box, score, edited }) => [box, score, edited])).toEqual([
      ['1', '', 'no'],
      ['2', '', 'yes'],
    ]);
  });

  it('keeps every text as it is, but none that a spreadsheet would run', () => {
    const texts = rows([hostile]).map(({ phrase }) => phrase);
    // Half a surrogate pair has no bytes in UTF-8.
    const written = HOSTILE.map((text) => text.replace(/\p{Cs}/gu, '\ufffd'));
    expect(texts).toEqual([...written.map((text) => (text.startsWith('=') ? `'${text}` : text)), '']);
    const tame = ['=1', '+1', '-1', '@x', '\tx', '\rx'].map((caption) => ({ ...snowman, caption }));
    for (const { caption } of rows(tame)) expect(caption?.startsWith("'")).toBe(true);
  });
});

describe('hyperlink Markdown', () => {
  const inline = (token: Token): Token[] => ('tokens' in token && token.tokens ? token.tokens : []);
  /** Paragraphs as plain words, and the links in them. */
  function read(markdown: string): {
    paragraphs: string[];
    links: { text: string; href: string }[];
    kinds: Set<string>;
  } {
    const kinds = new Set<string>();
    const links: { text: string; href: string }[] = [];
    const plain = (tokens: readonly Token[]): string =>
      tokens
        .map((token) => {
          kinds.add(token.type);
          if (token.type === 'link') links.push({ text: plain(inline(token)), href: String(token.href) });
          if (token.type === 'space') return '';
          return inline(token).length > 0 ? plain(inline(token)) : 'text' in token ? token.text : '';
        })
        .join('');
    const paragraphs = lexer(markdown).filter(({ type }) => type !== 'space');
    return { paragraphs: paragraphs.map((one) => plain([one])), links, kinds };
  }

  it('links every phrase to its boxes, in percent of the picture', () => {
    const { paragraphs, links } = read(textOf(writeMarkdown([snowman, again])));
    expect(paragraphs).toEqual([snowman.caption, again.caption]);
    expect(links).toEqual([
      { text: 'a snowman', href: 'snow%20man.png#xywh=percent:12.5,25,37.5,50' },
      { text: 'two fires', href: 'snow%20man.png#xywh=percent:0,0,25,50&xywh=percent:62.5,50,37.5,50' },
      { text: 'a snowman', href: 'snow%20man.png#xywh=percent:25,25,25,25' },
    ]);
  });

  it('knows nothing but words and its own links, whatever the words are', () => {
    const read1 = read(textOf(writeMarkdown([hostile])));
    expect([...read1.kinds].sort()).toEqual(['escape', 'link', 'paragraph', 'text']);
    expect(read1.links.map(({ text }) => text)).toEqual(HOSTILE.map((text) => text.replace(/\s+/g, ' ')));
    for (const { href } of read1.links)
      expect(href.startsWith('..%2F..%5C%22%3E%3Csvg%20onload%3Dx%3E.png#xywh=')).toBe(true);
    for (const caption of [
      '1. one',
      '- two',
      '# three',
      '+ four',
      '> five',
      '    six',
      '---',
      '===',
      '| a |\n|---|',
      '```',
    ]) {
      const alone = read(textOf(writeMarkdown([{ ...snowman, caption, entities: [] }])));
      expect(alone.paragraphs).toEqual([oneLine(caption)]);
      expect([...alone.kinds].filter((kind) => !['escape', 'paragraph', 'text'].includes(kind))).toEqual([]);
    }
  });

  it('links the longer of two phrases that overlap', () => {
    const [boxes] = snowman.entities.map((entity) => entity.boxes);
    const entities = [
      { phrase: 'a snowman', start: 15, end: 24, boxes: boxes ?? [], score: null },
      { phrase: 'a snowman by two fires', start: 15, end: 37, boxes: boxes ?? [], score: null },
    ];
    const { paragraphs, links } = read(textOf(writeMarkdown([{ ...snowman, entities }])));
    expect(links.map(({ text }) => text)).toEqual(['a snowman by two fires']);
    expect(paragraphs).toEqual([snowman.caption]);
  });
});

describe('SVG', () => {
  const style = { colour: () => '#d81b60', inkOn: () => '#ffffff' };
  const parser = new XMLParser({
    ignoreAttributes: false,
    htmlEntities: true,
    parseTagValue: false,
    attributeNamePrefix: '',
    trimValues: false,
    isArray: (name) => ['g', 'rect', 'text'].includes(name),
  });

  it('draws every box where it is, with the number and words of its phrase', () => {
    const [file] = writeSvg(snowman, style);
    expect(file?.path).toBe('snow-man.svg');
    expect(XMLValidator.validate(file?.text ?? '')).toBe(true);
    const { svg } = parser.parse(file?.text ?? '');
    expect(svg).toMatchObject({ width: '640', height: '480', viewBox: '0 0 640 480', title: snowman.caption });
    expect(svg.image.href).toBe('snow%20man.png');
    const drawn = svg.g.map((group: { rect: Record<string, string>[]; text: { '#text': string }[] }) => ({
      boxes: group.rect.filter(({ fill }) => fill === 'none').map(({ x, y, width, height }) => [x, y, width, height]),
      labels: group.text.map((label) => label['#text']),
    }));
    expect(drawn).toEqual([
      { boxes: [['80', '120', '240', '240']], labels: ['1 a snowman'] },
      {
        boxes: [
          ['0', '0', '160', '240'],
          ['400', '240', '240', '240'],
        ],
        labels: ['2 two fires', '2 two fires'],
      },
    ]);
  });

  it('holds words as words: no element or attribute comes of them', () => {
    const text = textOf(writeSvg(hostile, style));
    expect(XMLValidator.validate(text)).toBe(true);
    const names = [...text.matchAll(/<([a-z!?/]+)/g)].map(([, name]) => name);
    expect([...new Set(names)].sort()).toEqual([
      '/g',
      '/svg',
      '/text',
      '/title',
      '?xml',
      'g',
      'image',
      'rect',
      'svg',
      'text',
      'title',
    ]);
    expect(
      parser
        .parse(text)
        .svg.g.flatMap((group: { text: { '#text': string }[] }) => group.text.map((label) => label['#text'])),
    ).toEqual([...HOSTILE.map((phrase, index) => carried(`${index + 1} ${phrase}`)), '7']);
  });

  it('takes no picture and no colour that is something else', () => {
    const picture = 'data:image/png;base64,iVBORw0KGgo=';
    expect(parser.parse(textOf(writeSvg(snowman, { ...style, picture }))).svg.image.href).toBe(picture);
    const refused = [
      { ...style, picture: 'https://evil.example/x.png' },
      { ...style, picture: 'data:image/svg+xml;base64,AAAA' },
      { ...style, picture: 'data:image/png;base64,AA"/><script/>' },
      { ...style, colour: () => 'red"/><script/>' },
      { ...style, inkOn: () => 'url(#x)' },
    ];
    for (const one of refused) {
      expect(() => writeSvg(snowman, one)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
    }
  });
});

describe('names of files', () => {
  it('stay inside their folder, differ, and are short', () => {
    const names = [
      'a.png',
      'A.jpg',
      'b/a.gif',
      '..',
      '',
      '.png',
      'C:\\x\\ü ☃.png',
      `${'x'.repeat(300)}.png`,
      'a.b.c.png',
    ];
    expect(fileStems(names)).toEqual(['a', 'A-2', 'a-3', 'image', 'image-2', 'image-3', 'ü', 'x'.repeat(100), 'a-b-c']);
    // What was made here stays as it is, also where it was cut.
    const long = ['A'.repeat(120), `${'A'.repeat(120)} (1)`].map((name) => `${name}.png`);
    const stems = fileStems(long);
    expect(stems).toEqual(['A'.repeat(100), `${'A'.repeat(98)}-2`]);
    expect(fileStems(stems.map((stem) => `${stem}.png`))).toEqual(stems);
    for (const stem of stems) expect(fileStems([stem])).toEqual([stem]);
  });

  it('keeps the letters of every script, composed, within what file systems hold', () => {
    expect(fileStems(['हिन्दी.png', 'Mu\u0308ller.png'])).toEqual(['हिन्दी', 'Müller']);
    const [long = '', other = ''] = fileStems([`${'漢'.repeat(95)}.png`, `${'漢'.repeat(95)}.jpg`]);
    for (const stem of [long, other]) expect(Buffer.byteLength(stem)).toBeLessThanOrEqual(200);
    expect(other.endsWith('-2')).toBe(true);
  });

  it('are none that Windows gives to devices', () => {
    expect(fileStems(['con.png', 'NUL.jpg', 'aux', 'COM1.gif', 'console.png'])).toEqual([
      'con_',
      'NUL_',
      'aux_',
      'COM1_',
      'console',
    ]);
    expect(fileStems(['con_.png'])).toEqual(['con_']);
  });

  it('of phrases have all of their words', () => {
    expect(phraseStems(['St. Bernard dog', 'black/white cat', 'a dog', 'a dog'])).toEqual([
      'St-Bernard-dog',
      'black-white-cat',
      'a-dog',
      'a-dog-2',
    ]);
  });
});
