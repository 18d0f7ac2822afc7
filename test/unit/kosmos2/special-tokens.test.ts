import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/kosmos2/config.ts';
import { checkTokenizerFits, patchName, readSpecialTokens } from '../../../src/kosmos2/special-tokens.ts';
import { DEMO, fixture, loadTokenizer, RANDOM, REAL } from './fixtures.ts';

type AddedToken = { id: number; content: string; special: boolean };
const demo = fixture<{ added_tokens: AddedToken[] }>(`${DEMO}/tokenizer.json`);
const withTokens = (change: (tokens: AddedToken[]) => AddedToken[]) => ({
  ...demo,
  added_tokens: change(demo.added_tokens),
});
const invalid = (words: string) =>
  expect.objectContaining({ code: 'TOKENIZER_INVALID', message: expect.stringContaining(words) });

describe('special tokens', () => {
  it('of the official tokenizer have the published ids', () => {
    expect(loadTokenizer(REAL).specials).toMatchObject({
      bos: 0,
      pad: 1,
      eos: 2,
      unk: 3,
      image: 64003,
      endImage: 64004,
      phrase: 64007,
      endPhrase: 64008,
      object: 64009,
      endObject: 64010,
      delimiter: 64011,
      grounding: 64012,
      firstPatch: 64013,
      firstImageSlot: 4,
    });
  });

  it.each([DEMO, ...RANDOM])('of %s are its own, and fit its model', (folder) => {
    const { specials } = loadTokenizer(folder);
    expect(specials.firstPatch).not.toBe(64013);
    const json = fixture(`${folder}/tokenizer.json`);
    expect(() => checkTokenizerFits(json, parseConfig(fixture(`${folder}/config.json`)))).not.toThrow();
  });

  it('do not depend on how the added tokens are flagged', () => {
    const flipped = withTokens((tokens) => tokens.map((token) => ({ ...token, special: !token.special })));
    expect(readSpecialTokens(flipped)).toEqual(readSpecialTokens(demo));
  });

  it('must all be there', () => {
    for (const name of ['<s>', '<object>', '</delimiter_of_multi_objects/>', '<grounding>', patchName(1023)]) {
      const without = withTokens((tokens) => tokens.filter(({ content }) => content !== name));
      expect(() => readSpecialTokens(without), name).toThrowError(invalid(name));
    }
  });

  it('must have the locations in order', () => {
    const swapped = withTokens((tokens) =>
      tokens.map((token) => {
        if (token.content === patchName(5)) return { ...token, content: patchName(6) };
        if (token.content === patchName(6)) return { ...token, content: patchName(5) };
        return token;
      }),
    );
    expect(() => readSpecialTokens(swapped)).toThrowError(invalid(patchName(5)));
  });

  it.each([
    ['null', null],
    ['no list', { added_tokens: {} }],
    [
      'a string as id',
      withTokens(([first, ...rest]) => [{ ...(first as AddedToken), id: '0' as unknown as number }, ...rest]),
    ],
    ['one id twice', withTokens((tokens) => [...tokens, { id: 0, content: '<again>', special: true }])],
    ['one text twice', withTokens((tokens) => [...tokens, { id: 5000, content: '<s>', special: true }])],
    ['an entry that is no object', withTokens((tokens) => [...tokens, null as unknown as AddedToken])],
    ['too many', { added_tokens: Array.from({ length: 5000 }, (_, id) => ({ id, content: `<${id}>` })) }],
  ])('are refused with %s', (_, json) => {
    expect(() => readSpecialTokens(json)).toThrowError(invalid('tokenizer.json'));
  });

  it.each([
    ['value', (deep: unknown) => deep],
    ['entry', (deep: unknown) => ({ id: 5000, content: deep })],
    ['id', (deep: unknown) => ({ id: deep, content: '<deep>' })],
  ])('are refused where the %s is nested too deeply, with values that reach the page', (name, entry) => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const json = withTokens((tokens) => [...tokens, entry(deep) as AddedToken]);
    expect(() => readSpecialTokens(json)).toThrowError(invalid('tokenizer.json'));
    expect(() => readSpecialTokens(json)).toThrowError(
      expect.objectContaining({ details: expect.objectContaining({ [name]: 'nested too deeply to be shown' }) }),
    );
  });

  it('do not fit a model with fewer rows, or with another end of text', () => {
    const json = fixture(`${DEMO}/tokenizer.json`) as { model: { vocab: unknown[] } };
    const fits = (text: object, tokenizer: unknown = json) => {
      const config = parseConfig({ text_config: text });
      return () => checkTokenizerFits(tokenizer, config);
    };
    expect(fits({ vocab_size: 3455 })).toThrowError(invalid('3455'));
    // A piece of the vocabulary needs a row as well.
    const { vocab } = json.model;
    const longer = { ...json, model: { ...json.model, vocab: [...vocab, ...vocab.slice(0, 3457 - vocab.length)] } };
    expect(longer.model.vocab).toHaveLength(3457);
    expect(fits({ vocab_size: 3456 }, longer)).toThrowError(invalid('3456'));
    expect(fits({ vocab_size: 3456, eos_token_id: 5 })).toThrowError(invalid('config.json'));
  });
});
