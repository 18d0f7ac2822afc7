import { describe, expect, it } from 'vitest';
import { LocationGrammar } from '../../../src/kosmos2/location-grammar.ts';
import { LogitsProcessor } from '../../../src/kosmos2/logits-processor.ts';
import { NoRepeatNgram } from '../../../src/kosmos2/no-repeat-ngram.ts';
import { isOrdered } from '../../../src/kosmos2/patch-index.ts';
import { DEMO, fixture, fixtureLines, loadTokenizer, RANDOM, REAL } from './fixtures.ts';

const { codec, specials } = loadTokenizer(REAL);
const VOCABULARY = 65_037;
const { firstPatch, delimiter, endObject, object } = specials;

function after(text: string): LocationGrammar {
  const grammar = new LocationGrammar(specials);
  for (const id of codec.encodeAll(text)) grammar.advance(id);
  return grammar;
}

function ruleAfter(text: string): LogitsProcessor {
  return new LogitsProcessor(codec.encodeAll(text), specials, { noRepeatNgramSize: 0, grammar: true });
}

const everyPatch = Array.from({ length: 1024 }, (_, patch) => firstPatch + patch);

describe('the location grammar', () => {
  it.each([
    'An image of',
    '<grounding><phrase> a dog</phrase>',
    '<object><patch_index_0000><patch_index_0033></object>',
    '<patch_index_0000>',
    '</delimiter_of_multi_objects/>',
    // Broken by the prompt itself: nothing to keep well-formed.
    '<object> a dog',
    '<object></object>',
    '<object><patch_index_0001></object>',
    '<object><patch_index_0001><patch_index_0002><patch_index_0003>',
  ])('leaves everything open after %s', (text) => {
    expect(after(text).allowed()).toBeNull();
  });

  it.each([
    '<object>',
    'a<phrase> b</phrase><object>',
    '<object><object>',
    '<object><patch_index_0005><patch_index_0040></delimiter_of_multi_objects/>',
  ])('allows every upper-left corner, and nothing else, after %s', (text) => {
    expect(after(text).allowed()).toEqual(everyPatch);
  });

  it('allows as lower-right corner exactly the cells not above and not left of the upper-left', () => {
    for (const upperLeft of [0, 31, 44, 500, 992, 1023]) {
      const name = `<patch_index_${String(upperLeft).padStart(4, '0')}>`;
      const expected = everyPatch.filter((id) => isOrdered({ upperLeft, lowerRight: id - firstPatch }));
      expect(after(`<object>${name}`).allowed()).toEqual(expected);
      expect(expected).toHaveLength((32 - (upperLeft % 32)) * (32 - Math.floor(upperLeft / 32)));
    }
  });

  it('allows delimiter and end after a pair, an inverted one of the prompt too', () => {
    for (const pair of ['<patch_index_0005><patch_index_0040>', '<patch_index_0040><patch_index_0005>']) {
      expect(after(`<object>${pair}`).allowed()).toEqual([endObject, delimiter]);
    }
  });

  it('masks the logits of exactly the other ids, and touches none outside of objects', () => {
    const logits = Float32Array.from({ length: VOCABULARY }, (_, id) => Math.sin(id));
    const free = logits.slice();
    ruleAfter('<object></object>').apply(free);
    expect(free).toEqual(logits);
    const masked = logits.slice();
    const rule = ruleAfter('<object><patch_index_1000>');
    rule.apply(masked);
    const kept = new Set(rule.rule().allowed);
    expect(kept.size).toBe(24);
    masked.forEach((value, id) => {
      const expected = kept.has(id) ? logits[id] : Number.NEGATIVE_INFINITY;
      if (value !== expected) expect.fail(`id ${id}: ${value} instead of ${expected}`);
    });
  });

  it('costs less than ten milliseconds a token, over the whole vocabulary', () => {
    const rule = ruleAfter('<object>');
    const logits = new Float32Array(VOCABULARY);
    const before = process.cpuUsage();
    for (let n = 0; n < 200; n += 1) rule.apply(logits);
    expect(process.cpuUsage(before).user / 1e3 / 200).toBeLessThan(10);
  });

  it('never has anything against the recorded answers of the demo model', () => {
    const demo = loadTokenizer(DEMO);
    type Line = { prompt: string; generated_ids: number[] };
    let constrained = 0;
    for (const { prompt, generated_ids } of fixtureLines<Line>('demo-scenes/expected.jsonl')) {
      const grammar = new LocationGrammar(demo.specials);
      for (const id of demo.codec.encodePrompt(prompt)) grammar.advance(id);
      for (const id of generated_ids) {
        const allowed = grammar.allowed();
        if (allowed !== null) {
          expect(allowed).toContain(id);
          constrained += 1;
        }
        grammar.advance(id);
      }
    }
    expect(constrained).toBeGreaterThan(500);
  });

  it('makes every sequence well-formed that random logits lead to', () => {
    let state = 3;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const tags = [object, endObject, delimiter, firstPatch + 3, firstPatch + 1000, 10, specials.phrase, specials.eos];
    for (let round = 0; round < 200; round += 1) {
      const grammar = new LocationGrammar(specials);
      let text = '';
      for (let n = 0; n < 40; n += 1) {
        const allowed = grammar.allowed() ?? [object, 10, specials.phrase, specials.endPhrase];
        const id = allowed[Math.floor(random() * allowed.length)] ?? object;
        grammar.advance(id);
        text += tags.includes(id) || id >= object ? codec.decodeToken(id) : ' word';
      }
      const pair = '<patch_index_(\\d{4})><patch_index_(\\d{4})>';
      const formed = new RegExp(`<object>${pair}(</delimiter_of_multi_objects/>${pair})*</object>`, 'g');
      const rest = text.replaceAll(formed, '').replace(/<object>(?!.*<\/object>).*$/, '');
      expect(rest).not.toMatch(/<object>|patch_index|delimiter/);
      for (const [, ul, lr] of text.matchAll(new RegExp(pair, 'g'))) {
        expect(isOrdered({ upperLeft: Number(ul), lowerRight: Number(lr) })).toBe(true);
      }
    }
  });
});

describe('the no-repeat rule', () => {
  /** What transformers bans, by looking at the whole history. */
  function bannedBySearch(ids: readonly number[], size: number): number[] {
    const tail = ids.slice(ids.length + 1 - size).join();
    if (ids.length + 1 < size) return [];
    const starts = Array.from({ length: Math.max(0, ids.length - size + 1) }, (_, i) => i);
    const found = starts.filter((i) => ids.slice(i, i + size - 1).join() === tail).map((i) => ids[i + size - 1] ?? -1);
    return [...new Set(found)].sort((a, b) => a - b);
  }

  it.each([1, 2, 3, 5])('of %i tokens bans what a search through the whole history finds', (size) => {
    const rule = new NoRepeatNgram(size);
    const ids: number[] = [];
    let state = 5;
    let found = 0;
    for (let n = 0; n < 400; n += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const id = state >>> 30;
      const banned = [...rule.banned()].sort((a, b) => a - b);
      expect(banned).toEqual(bannedBySearch(ids, size));
      found += banned.length;
      rule.advance(id);
      ids.push(id);
    }
    expect(found).toBeGreaterThan(50);
  });

  it('of 0 tokens bans nothing', () => {
    const rule = new NoRepeatNgram(0);
    for (let n = 0; n < 10; n += 1) rule.advance(7);
    expect(rule.banned().size).toBe(0);
  });

  it.each(RANDOM)('never bans what the reference generated for %s with the same rule', (folder) => {
    type Case = { input_ids: number[]; generated_ids: number[]; no_repeat_ngram_size: number };
    for (const { input_ids, generated_ids, no_repeat_ngram_size } of fixture<{ cases: Case[] }>(
      `${folder}/expected.json`,
    ).cases) {
      expect(no_repeat_ngram_size).toBe(3);
      const rule = new NoRepeatNgram(3);
      for (const id of input_ids) rule.advance(id);
      for (const id of generated_ids) {
        expect(rule.banned().has(id)).toBe(false);
        rule.advance(id);
      }
    }
  });
});

describe('both rules together', () => {
  const finite = (logits: Float32Array) => [...logits.keys()].filter((id) => logits[id] !== Number.NEGATIVE_INFINITY);
  const processed = (text: string, options: { noRepeatNgramSize: number; grammar: boolean }) => {
    const logits = new Float32Array(VOCABULARY);
    new LogitsProcessor(codec.encodeAll(text), specials, options).apply(logits);
    return finite(logits);
  };
  const box = '<patch_index_0992><patch_index_0992>';

  it('ban a repeated n-gram inside a location too, as long as something is left', () => {
    const text = `<object>${box}</object><object><patch_index_0992>`;
    const free = processed(text, { noRepeatNgramSize: 0, grammar: true });
    const ruled = processed(text, { noRepeatNgramSize: 3, grammar: true });
    expect(free.filter((id) => !ruled.includes(id))).toEqual([firstPatch + 992]);
  });

  it('leave the grammar the last word where nothing would be left', () => {
    const text = '<object><patch_index_1023><patch_index_1023></object><object><patch_index_1023>';
    expect(processed(text, { noRepeatNgramSize: 3, grammar: true })).toEqual([firstPatch + 1023]);
    const closed = `<object>${box}</object><object>${box}</delimiter_of_multi_objects/><object>${box}`;
    expect(processed(closed, { noRepeatNgramSize: 3, grammar: true })).toEqual([endObject, delimiter]);
  });

  it('can be switched off, each by itself', () => {
    const text = '<object><patch_index_1023><patch_index_1023></object><object><patch_index_1023>';
    expect(processed(text, { noRepeatNgramSize: 0, grammar: false })).toHaveLength(VOCABULARY);
    expect(processed(text, { noRepeatNgramSize: 3, grammar: false })).toHaveLength(VOCABULARY - 1);
  });

  it('count tokens that were chosen after the prompt', () => {
    const rules = new LogitsProcessor([5, 6, 7], specials, { noRepeatNgramSize: 3, grammar: true });
    rules.advance(5);
    rules.advance(6);
    const logits = new Float32Array(VOCABULARY);
    rules.apply(logits);
    expect(logits[7]).toBe(Number.NEGATIVE_INFINITY);
    expect(finite(logits)).toHaveLength(VOCABULARY - 1);
  });
});
