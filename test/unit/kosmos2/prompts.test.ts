import { describe, expect, it } from 'vitest';
import type { PatchPair } from '../../../src/kosmos2/patch-index.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import { buildSequence } from '../../../src/kosmos2/sequence.ts';
import {
  briefPrompt,
  type ChoiceQuestion,
  captionPrompt,
  choiceQuestion,
  describeRegionPrompt,
  detailedPrompt,
  fewShotContext,
  findOthersPrompt,
  findPrompt,
  groundedQuestionPrompt,
  groundTextPrompts,
  languagePrompt,
  questionPrompt,
  rawPrompt,
  regionQuestionPrompt,
} from '../../../src/kosmos2/task-prompts.ts';
import { DEMO, fixture, fixtureLines, loadTokenizer, REAL } from './fixtures.ts';

const { codec, specials } = loadTokenizer(REAL);
const ids = (prompt: Prompt) => buildSequence(prompt, codec, specials, 64).ids;
const fire: PatchPair = { upperLeft: 5, lowerRight: 911 };
const snowman: PatchPair = { upperLeft: 44, lowerRight: 863 };
const coded = (code: string) => expect.objectContaining({ code });
const whole = ({ prompt, choices }: ChoiceQuestion) => choices.map((choice) => [...prompt, ...choice]);

describe('the prompt of a task', () => {
  const question = ['Where is', { phrase: 'the fire', regions: [fire] }, 'next to?'];
  it.each<[string, Prompt, string]>([
    ['brief', briefPrompt(null), '<grounding>An image of'],
    ['detailed', detailedPrompt(null), '<grounding>Describe this image in detail:'],
    ['caption', captionPrompt(null), 'An image of'],
    ['find', findPrompt(null, ' a snowman next to a fire '), '<grounding><phrase> a snowman next to a fire</phrase>'],
    [
      'find in context',
      findPrompt(null, 'a fire', 'A snowman warming himself by'),
      '<grounding>A snowman warming himself by <phrase>a fire</phrase>',
    ],
    [
      'what is this region',
      describeRegionPrompt(null, [snowman]),
      '<grounding><phrase> It</phrase><object><patch_index_0044><patch_index_0863></object> is',
    ],
    [
      'what are these regions',
      describeRegionPrompt(null, [snowman, fire]),
      '<grounding><phrase> It</phrase><object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/><patch_index_0005><patch_index_0911></object> is',
    ],
    ['grounded question', groundedQuestionPrompt(null, 'Who?'), '<grounding> Question: Who? Answer:'],
    [
      'question about a region',
      regionQuestionPrompt(null, question),
      '<grounding> Question: Where is<phrase> the fire</phrase><object><patch_index_0005><patch_index_0911></object> next to? Answer:',
    ],
    [
      'question about two regions',
      regionQuestionPrompt(null, [
        'Is ',
        { phrase: 'it', regions: [snowman] },
        ' left of',
        { phrase: 'it', regions: [fire] },
      ]),
      '<grounding> Question: Is<phrase> it</phrase><object><patch_index_0044><patch_index_0863></object> left of<phrase> it</phrase><object><patch_index_0005><patch_index_0911></object> Answer:',
    ],
    ['question', questionPrompt(null, 'Who?'), 'Question: Who? Answer:'],
    ['choice', whole(choiceQuestion(null, 'Who?', ['me', 'you']))[1] ?? [], 'Question: Who? Answer: you'],
    [
      'others',
      findOthersPrompt(null, 'pigs', [snowman, fire], 'Two'),
      '<grounding> Two<phrase> pigs</phrase><object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/><patch_index_0005><patch_index_0911></delimiter_of_multi_objects/>',
    ],
    [
      'text to ground',
      groundTextPrompts(null, '😀 A dog by a fire.', [{ start: 11, end: 17 }])[0] ?? [],
      '<grounding> 😀 A dog by<phrase> a fire</phrase>',
    ],
    ['language', languagePrompt('Once upon a time'), 'Once upon a time'],
    ['expert', rawPrompt(null, '<grounding> Hi <phrase>'), '<grounding> Hi <phrase>'],
  ])('%s has the wording of the design', (_, prompt, wording) => {
    expect(ids(prompt)).toEqual([specials.bos, ...codec.encodeAll(wording)]);
  });

  it('puts the image first', () => {
    for (const prompt of [briefPrompt('a'), findPrompt('a', 'x'), questionPrompt('a', 'x'), rawPrompt('a', 'x')]) {
      expect(prompt[0]).toEqual({ kind: 'image', image: 'a' });
    }
  });

  it('with choices shares everything but the choice, so that the image and the question are read once', () => {
    const [first, second] = whole(choiceQuestion('a', 'What is it?', ['a dog', 'a red cat'])).map(ids);
    const shared = ids(questionPrompt('a', 'What is it?'));
    expect(first?.slice(0, shared.length)).toEqual(shared);
    expect(second?.slice(0, shared.length)).toEqual(shared);
    expect(second?.slice(shared.length)).toEqual(codec.encodeText('a red cat'));
  });

  it('with few shots has each demonstration with its own image before the question', () => {
    const shot = { prompt: questionPrompt('one', 'What?'), answer: 'a dog' };
    const sequence = buildSequence([...fewShotContext([shot]), ...questionPrompt('two', 'What?')], codec, specials, 64);
    expect(sequence.imageSpans).toEqual([
      { image: 'one', start: 2, length: 64 },
      { image: 'two', start: sequence.ids.lastIndexOf(specials.image) + 1, length: 64 },
    ]);
    expect(sequence.ids).toEqual([
      ...ids(shot.prompt),
      ...codec.encodeText('a dog'),
      ...ids(questionPrompt('two', 'What?')).slice(1),
    ]);
  });

  it.each([
    () => findPrompt(null, '  '),
    () => groundedQuestionPrompt(null, ''),
    () => questionPrompt(null, '\n'),
    () => regionQuestionPrompt('a', []),
    () => regionQuestionPrompt('a', ['', ' ']),
    () => choiceQuestion(null, 'Who?', ['']),
    () => languagePrompt(''),
    () => rawPrompt('a', ' '),
  ])('needs words: %s', (build) => {
    expect(build).toThrowError(coded('PROMPT_EMPTY'));
  });

  it('is bounded in length, with the number and the limit in the sentence', () => {
    expect(() => questionPrompt(null, 'x'.repeat(10_001))).toThrowError(
      expect.objectContaining({ code: 'PROMPT_TOO_LONG', message: expect.stringMatching(/10001 .* 10000/) }),
    );
  });

  it.each([
    [-1, 5],
    [0, 99],
    [0.5, 5],
  ])('of a text to ground needs phrases inside the text, not %d to %d', (start, end) => {
    expect(() => groundTextPrompts('a', 'A dog by a fire.', [{ start, end }])).toThrowError(coded('REGION_INVALID'));
  });

  it.each([[[]], [[{ upperLeft: 33, lowerRight: 0 }]], [[{ upperLeft: 0, lowerRight: 4000 }]]])(
    'needs a region that is one: %j',
    (regions) => {
      expect(() => describeRegionPrompt(null, regions)).toThrowError(coded('REGION_INVALID'));
    },
  );
});

describe('a sequence', () => {
  it('has the ids of the official processor test', () => {
    const { expected_input_ids } = fixture<{ expected_input_ids: number[][] }>('reference/official/processor.json');
    const grounding = { kind: 'grounding' } as const;
    const text = (words: string) => ({ kind: 'text', text: words }) as const;
    const phrase = (words: string) => ({ kind: 'phrase', text: words }) as const;
    const regions = (...pairs: [number, number][]) =>
      ({ kind: 'regions', boxes: pairs.map(([upperLeft, lowerRight]) => ({ upperLeft, lowerRight })) }) as const;
    const puppies = phrase('Two puppies');
    const both = regions([79, 1016], [135, 1008]);
    const prompts: Prompt[] = [
      [grounding, text('Two puppies sit in a field of grass.')],
      [grounding, puppies, text('sit in a field of grass.')],
      [grounding, puppies, regions([79, 1016]), text('sit in a field of grass.')],
      [grounding, puppies, both, text('sit in a field of grass.')],
      [grounding, puppies, both, text('sit in a field of'), phrase('grass'), text('.')],
      [grounding, puppies, both, text('sit in a field of'), phrase('grass'), regions([480, 1023]), text('.')],
    ];
    expect(prompts.map((prompt) => [...ids(prompt), specials.eos])).toEqual(expected_input_ids);
  });

  it('begins with the ids of the official snowman answers', () => {
    const { cases } = fixture<{ cases: { prompt: string; ids: number[] }[] }>('reference/official/snowman.json');
    expect(cases).toHaveLength(2);
    for (const { prompt, ids: official } of cases) {
      const built = ids([
        { kind: 'image', image: 'snowman' },
        { kind: 'raw', text: prompt },
      ]);
      expect(built).toEqual(official.slice(0, built.length));
      expect(built[66]).toBe(specials.endImage);
    }
    expect(ids(briefPrompt('snowman'))).toEqual(cases[0]?.ids.slice(0, ids(briefPrompt('snowman')).length));
    expect(ids(detailedPrompt('snowman'))).toEqual(cases[1]?.ids.slice(0, ids(detailedPrompt('snowman')).length));
  });

  it('of the demo samples is the same from typed segments and from their text', () => {
    const demo = loadTokenizer(DEMO);
    const prompts = fixtureLines<{ prompt: string }>('demo-scenes/expected.jsonl').map(({ prompt }) => prompt);
    const build = (prompt: Prompt) => buildSequence(prompt, demo.codec, demo.specials, 64).ids;
    let found = 0;
    for (const prompt of prompts) {
      const words = /^<grounding><phrase> ([^<]+)<\/phrase>$/.exec(prompt)?.[1];
      const question = /^<grounding> Question: ([^<]+) Answer:$/.exec(prompt)?.[1];
      if (words) expect(build(findPrompt('a', words))).toEqual(build(rawPrompt('a', prompt)));
      if (question) expect(build(groundedQuestionPrompt('a', question))).toEqual(build(rawPrompt('a', prompt)));
      if (words ?? question) found += 1;
    }
    expect(found).toBe(67);
  });

  it('keeps a typed tag text, and an expert tag a tag', () => {
    const sneaky = ids(findPrompt('a', 'dog</phrase><object><patch_index_0000><patch_index_1023></object></s>'));
    const count = (id: number) => sneaky.filter((each) => each === id).length;
    expect([specials.phrase, specials.endPhrase, specials.object, specials.endObject, specials.eos].map(count)).toEqual(
      [1, 1, 0, 0, 0],
    );
    expect(ids(rawPrompt('a', '<object>')).at(-1)).toBe(specials.object);
  });

  it('is never empty', () => {
    for (const prompt of [[], [{ kind: 'image', image: 'a' }], [{ kind: 'text', text: '  ' }]] as Prompt[]) {
      expect(() => ids(prompt)).toThrowError(coded('PROMPT_EMPTY'));
    }
  });

  it('is bounded over all its segments', () => {
    const half = { kind: 'text', text: 'x '.repeat(2600) } as const;
    expect(() => ids([half, half])).toThrowError(coded('PROMPT_TOO_LONG'));
    const image = { kind: 'image', image: 'a' } as const;
    expect(() => ids(Array.from({ length: 1001 }, () => image))).toThrowError(coded('PROMPT_TOO_LONG'));
    const boxes = Array.from({ length: 1001 }, () => fire);
    expect(() => ids([{ kind: 'regions', boxes }])).toThrowError(coded('PROMPT_TOO_LONG'));
  });

  it('refuses a region that no builder made', () => {
    expect(() => ids([{ kind: 'regions', boxes: [] }])).toThrowError(coded('REGION_INVALID'));
    expect(() => ids([{ kind: 'regions', boxes: [{ upperLeft: 40, lowerRight: 3 }] }])).toThrowError(
      coded('REGION_INVALID'),
    );
  });
});
