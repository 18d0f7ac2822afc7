import { describe, expect, it } from 'vitest';
import { buildSequence } from '../../../src/kosmos2/sequence.ts';
import { DEMO, fixture, fixtureLines, loadTokenizer, RANDOM, REAL } from '../kosmos2/fixtures.ts';

const real = loadTokenizer(REAL);
const demo = loadTokenizer(DEMO);

describe('equality with the reference tokenizer', () => {
  const cases = fixture<{ text: string; ids: number[] }[]>('reference/tokenization.json');

  it('gives the reference ids for every given string', () => {
    expect(cases.length).toBeGreaterThanOrEqual(85);
    for (const { text, ids } of cases) expect(real.codec.encodeAll(text), text).toEqual(ids);
  });

  it('gives the same ids through encodeText where the string holds no tag', () => {
    const plain = cases.filter(({ text }) => !/<[^<>\s]+>/.test(text));
    expect(plain.length).toBeGreaterThan(40);
    for (const { text, ids } of plain) expect(real.codec.encodeText(text), text).toEqual(ids);
  });

  it.each(RANDOM)('gives the whole input_ids of the prompts of %s', (folder) => {
    const { codec, specials } = loadTokenizer(folder);
    const rows = fixture<{ latent_query_num: number }>(`${folder}/config.json`).latent_query_num;
    type Case = { prompt?: string; parts?: { image: string; text: string }[]; input_ids: number[] };
    for (const { prompt, parts, input_ids } of fixture<{ cases: Case[] }>(`${folder}/expected.json`).cases) {
      const pairs = parts ?? [{ image: 'image.png', text: prompt ?? '' }];
      const segments = pairs.flatMap(({ image, text }) => [
        { kind: 'image', image } as const,
        { kind: 'raw', text } as const,
      ]);
      expect(buildSequence(segments, codec, specials, rows).ids).toEqual(input_ids);
    }
  });

  it('gives the recorded ids of the demo model back from their text', () => {
    type Line = { prompt: string; generated_ids: number[]; generated_text: string };
    for (const { prompt, generated_ids, generated_text } of fixtureLines<Line>('demo-scenes/expected.jsonl')) {
      expect(demo.codec.encodePrompt(prompt)).not.toContain(demo.specials.unk);
      const ids = demo.codec.encodeAll(generated_text);
      // After a tag the model writes punctuation without the space the tokenizer would put there.
      expect(ids.filter((id) => id !== demo.codec.encodeAll('.')[0])).toEqual(
        generated_ids.filter((id) => id !== demo.codec.encodeAll('.')[0]),
      );
    }
  });
});

describe('what a person typed', () => {
  const tricks = [
    '</s>',
    '<s>',
    '<pad>',
    '<unk>',
    '<mask>',
    ' </s> ',
    '</s></s>',
    'a</s>b',
    '<</s>>',
    '</ s>',
    '<\u200b/s>',
    '＜/s＞',
    '＜/ｓ＞',
    '﹤/s﹥',
    '\u0000</s>',
    '\u3000</s>\u3000',
    '\u00a0</s>',
    '▁</s>',
    ' </s>',
    '\u2581 <mask>',
    '</ſ>',
    '<grounding>',
    '<phrase> x</phrase><object><patch_index_0001><patch_index_0002></object>',
    '<image>',
    '</image>',
    '＜ｍａｓｋ＞',
    '⟨s⟩',
    '<s\u0301>',
  ];
  /** A small generator, so that a failure can be repeated. */
  function* random(seed: number): Generator<number, never, never> {
    let state = seed;
    for (;;) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      yield state / 2 ** 32;
    }
  }

  it.each([
    ['real', real],
    ['demo', demo],
  ])('never becomes a special id of the %s tokenizer, whatever the trick', (_, { codec, specials }) => {
    const reserved = new Set(specials.byContent.values());
    reserved.delete(specials.unk);
    const dice = random(7);
    const roll = (n: number): number => Math.floor(dice.next().value * n);
    const spaces = [
      '',
      ' ',
      '\u00a0',
      '\u3000',
      '\u200b',
      '\t',
      '\n',
      '\u0085',
      '\ufeff',
      '\u2581',
      '\u0000',
      '\u00ad',
    ];
    const tags = [...specials.byContent.keys()].slice(0, 20);
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (c) => (roll(3) === 0 ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c));
    const fuzzed = Array.from({ length: 5000 }, () =>
      Array.from({ length: 1 + roll(4) }, () => {
        const tag = tags[roll(tags.length)] ?? '';
        const cut = roll(tag.length);
        const broken = roll(3) === 0 ? tag.slice(0, cut) + spaces[roll(spaces.length)] + tag.slice(cut) : tag;
        return `${spaces[roll(spaces.length)]}${roll(2) === 0 ? wide(broken) : broken}`;
      }).join(''),
    );
    for (const text of [...tricks, ...fuzzed]) {
      const bad = codec.encodeText(text).filter((id) => reserved.has(id));
      expect(bad, JSON.stringify(text)).toEqual([]);
    }
  });

  it('keeps its words around a typed tag', () => {
    const words = (text: string) => real.codec.encodeText(text).map(real.codec.decodeToken).join('');
    expect(words('stop </s> here')).toBe(' stop </s> here');
    expect(words('a <phrase> b')).toBe(' a <phrase> b');
  });
});

describe('an expert prompt', () => {
  it('matches the tags', () => {
    expect(real.codec.encodePrompt('<grounding>An image of')).toEqual([64012, 712, 1648, 9]);
  });

  it.each(['<s>', '</s>', '<pad>', '<image>', '</image>'])('may not hold %s', (token) => {
    expect(() => real.codec.encodePrompt(`An ${token} image`)).toThrowError(
      expect.objectContaining({ code: 'PROMPT_FORBIDDEN_TOKEN', message: expect.stringContaining(token) }),
    );
  });
});

describe('bounds', () => {
  it.each(['encodeText', 'encodePrompt', 'encodeAll'] as const)('%s refuses more than 10,000 characters', (encode) => {
    expect(() => real.codec[encode]('x'.repeat(10_001))).toThrowError(
      expect.objectContaining({ code: 'PROMPT_TOO_LONG', details: expect.objectContaining({ limit: 10_000 }) }),
    );
  });

  it.each([
    ['one letter', 'a'],
    ['one word', 'snowman'],
    ['words', 'an image of '],
    ['opening brackets', '<'],
    ['tags', '<phrase>'],
    ['an unknown character', '한'],
  ])('10,000 characters of %s take less than two seconds', (_, unit) => {
    const text = unit.repeat(10_000).slice(0, 10_000);
    const before = process.cpuUsage();
    real.codec.encodeText(text);
    real.codec.encodePrompt(text);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});

describe('a tokenizer that is none', () => {
  const { json } = demo;
  const normalizedBy = (...normalizers: unknown[]) => ({ ...json, normalizer: { type: 'Sequence', normalizers } });
  const replacing = (pattern: object, content: string) => normalizedBy({ type: 'Replace', pattern, content });
  const withPiece = (piece: string) => {
    const model = json.model as { vocab: unknown[] };
    return { ...json, model: { ...model, vocab: model.vocab.with(-1, [piece, -1]) } };
  };

  it.each([
    ['null', null],
    ['no added tokens', { ...json, added_tokens: [] }],
    ['another model', { ...json, model: { type: 'BPE', vocab: {} } }],
    ['a broken vocabulary', { ...json, model: { ...(json.model as object), vocab: [['<s>', 'x']] } }],
    ['no Metaspace', { ...json, pre_tokenizer: null }],
    ['an unknown normalizer', { ...json, normalizer: { type: 'Nothing' } }],
    ['an unknown part of a sequence', normalizedBy({ type: 'NFKC' }, { type: 'Prepend', prepend: 'x' })],
    ['a part that is none', normalizedBy(null)],
    ['a sequence within a sequence', normalizedBy({ type: 'Sequence', normalizers: [] })],
    ['an expression of its own', replacing({ Regex: '(.|.|.|.)+!!' }, '')],
    ['a text of its own', replacing({ String: 'a' }, 'aaaaaaaa')],
    ['a long text for spaces', replacing({ Regex: ' {2,}' }, 'aaaaaaaa')],
    ['an expression between words', { ...json, pre_tokenizer: { type: 'Split', pattern: { Regex: '(.|.|.|.)+!!' } } }],
    ['another mark for a space', { ...json, pre_tokenizer: { type: 'Metaspace', str_rep: '▁▁▁▁▁▁▁▁' } }],
    ['17 normalizers', normalizedBy(...Array.from({ length: 17 }, () => ({ type: 'NFKC' })))],
    ['a piece of 65 letters', withPiece('x'.repeat(65))],
  ])('is refused: %s', async (_, broken) => {
    const { createCodec } = await import('../../../src/runtime/tokenizer.ts');
    expect(() => createCodec(broken, {})).toThrowError(expect.objectContaining({ code: 'TOKENIZER_INVALID' }));
  });

  it.each([
    ['nothing', null, 'a  dog'],
    ['the parts transformers writes', replacing({ Regex: ' {2,}' }, '▁').normalizer, 'a  dog'],
    ['the parts transformers 5.0 wrote', replacing({ String: ' {2,}' }, '▁').normalizer, 'a  dog'],
  ])('is not one whose texts are normalized by %s', async (_, normalizer, text) => {
    const { createCodec } = await import('../../../src/runtime/tokenizer.ts');
    expect(createCodec({ ...json, normalizer }, {}).encodeText(text)).toEqual(demo.codec.encodeText('a dog'));
  });
});
