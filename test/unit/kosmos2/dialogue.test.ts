import { describe, expect, it } from 'vitest';
import { AnswerParser } from '../../../src/kosmos2/answer-parser.ts';
import { dialogueContext, pastTurn } from '../../../src/kosmos2/dialogue.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import { buildSequence } from '../../../src/kosmos2/sequence.ts';
import {
  briefPrompt,
  findOthersPrompt,
  findPrompt,
  groundedQuestionPrompt,
  questionPrompt,
  regionQuestionPrompt,
} from '../../../src/kosmos2/task-prompts.ts';
import { DEMO, fixtureLines, loadTokenizer, REAL } from './fixtures.ts';

const { codec, specials } = loadTokenizer(REAL);
const snowman = { upperLeft: 44, lowerRight: 863 };
const fire = { upperLeft: 5, lowerRight: 911 };

/** Written by a model, a comma or stop behind a box has no space before it. */
function writtenIds(written: string): number[] {
  const parts = written.split(/(?<=<\/object>)([,.])/);
  return parts.flatMap((part, at) => (at % 2 === 1 ? codec.encodeJoined(part) : codec.encodeAll(part)));
}

/** Ids of a prompt and what the model wrote after it, and how the parser reads both. */
function asked(prompt: Prompt, written: string): { ids: number[]; grounded: GroundedText } {
  const { ids } = buildSequence(prompt, codec, specials, 64);
  const answer = writtenIds(written);
  const parser = new AnswerParser(specials, codec);
  for (const id of ids) parser.pushPrompt(id);
  for (const id of answer) parser.push(id, 0.5);
  return { ids: [...ids, ...answer], grounded: parser.snapshot() };
}

const snowmanAt = '<object><patch_index_0044><patch_index_0863></object>';
const fireAt = '<object><patch_index_0005><patch_index_0911></object>';
const both = `<object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/><patch_index_0005><patch_index_0911></object>`;

/** Length of the tag that the prompt ends with. */
const OBJECT = '<object>'.length;
const expert = (end: string): Prompt => [
  { kind: 'image', image: 'a' },
  { kind: 'raw', text: `<grounding><phrase> a snowman</phrase>${end}` },
];

describe('a past turn', () => {
  const cases: [string, Prompt, string][] = [
    ['a description', briefPrompt('a'), ` <phrase>a snowman</phrase>${snowmanAt} by<phrase> a fire</phrase>${fireAt}.`],
    [
      'a list',
      briefPrompt('a'),
      `<phrase> a snowman</phrase>${snowmanAt},<phrase> a fire</phrase>${fireAt} and<phrase> a hat</phrase>${snowmanAt}.`,
    ],
    ['a phrase that was found', findPrompt('a', 'a snowman'), both],
    ['a grounded answer', groundedQuestionPrompt('a', 'Where is it?'), ` By<phrase> a fire</phrase>${fireAt}.`],
    ['a plain answer', questionPrompt('a', 'Is it cold?'), ' Yes, it is.'],
    [
      'an answer about a region',
      regionQuestionPrompt('a', ['What is', { phrase: 'it', regions: [snowman] }]),
      ` <phrase>A snowman</phrase>${snowmanAt}.`,
    ],
    ['an object without a phrase', findPrompt('a', 'this'), `${snowmanAt} and${fireAt}`],
    [
      'an object that an expert began',
      expert('<object>'),
      `${snowmanAt.slice(OBJECT)} by<phrase> a fire</phrase>${fireAt}.`,
    ],
    ['a box that an expert began', expert('<object><patch_index_0044>'), '<patch_index_0863></object>.'],
    [
      'a second box that an expert asked for',
      expert('<object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/> '),
      `${fireAt.slice(OBJECT)}.`,
    ],
    [
      'a box that an expert gave and the answer closed',
      expert('<object><patch_index_0044><patch_index_0863>'),
      `</object> by<phrase> a fire</phrase>${fireAt}.`,
    ],
    [
      'a box without a phrase that an expert gave behind another and the answer closed',
      expert(`${snowmanAt} by<object><patch_index_0005><patch_index_0911>`),
      '</object> in the grass',
    ],
    [
      'a second box that an expert asked for behind an object that was given',
      expert(`${snowmanAt} by<object><patch_index_0044><patch_index_0863></delimiter_of_multi_objects/>`),
      `${fireAt.slice(OBJECT)}.`,
    ],
    [
      'an object that an expert began behind one that was given',
      expert(`${snowmanAt} by<object>`),
      `${fireAt.slice(OBJECT)}.`,
    ],
  ];
  it.each(cases)('is read again as it was written: %s', (_, prompt, written) => {
    const { ids, grounded } = asked(prompt, written);
    const again: Prompt = [{ kind: 'image', image: 'a' }, ...pastTurn(prompt, grounded)];
    expect(buildSequence(again, codec, specials, 64).ids).toEqual(ids);
  });

  it('of the demo model is read again token by token, whatever it answered', () => {
    const demo = loadTokenizer(DEMO);
    const recorded = fixtureLines<{ prompt: string; generated_ids: number[] }>('demo-scenes/expected.jsonl');
    expect(recorded.length).toBeGreaterThan(200);
    for (const { prompt, generated_ids } of recorded) {
      const image = { kind: 'image', image: 'a' } as const;
      const question: Prompt = [{ kind: 'raw', text: prompt }];
      const { ids } = buildSequence([image, ...question], demo.codec, demo.specials, 64);
      const written = generated_ids.slice(0, -1);
      const parser = new AnswerParser(demo.specials, demo.codec);
      for (const id of ids) parser.pushPrompt(id);
      for (const id of written) parser.push(id, 0.5);
      const again = buildSequence([image, ...pastTurn(question, parser.snapshot())], demo.codec, demo.specials, 64);
      expect(again.ids, prompt).toEqual([...ids, ...written]);
    }
  });

  it.each(['<phrase> a', '<phrase> a<object>', `<phrase> a snowman</phrase>${snowmanAt} by<phrase>`])(
    'is left out where the answer went on with a phrase of an expert: %s',
    (text) => {
      const prompt: Prompt = [
        { kind: 'image', image: 'a' },
        { kind: 'raw', text: `<grounding>${text}` },
      ];
      expect(pastTurn(prompt, asked(prompt, ` fire</phrase>${fireAt}`).grounded)).toEqual([]);
    },
  );

  it('of a search for others has one closed object with all boxes', () => {
    const prompt = findOthersPrompt('a', 'things', [snowman]);
    const { grounded } = asked(prompt, '<patch_index_0005><patch_index_0911></object>');
    const again = buildSequence(pastTurn(prompt, grounded), codec, specials, 64).ids;
    expect(again).toEqual(
      buildSequence([...findPrompt(null, 'things'), { kind: 'regions', boxes: [snowman, fire] }], codec, specials, 64)
        .ids,
    );
  });

  it('with the corners of a box in any order is read again with the same box', () => {
    const prompt = findPrompt('a', 'a snowman');
    const { grounded } = asked(prompt, '<object><patch_index_0863><patch_index_0044></object>');
    const { ids } = asked(prompt, snowmanAt);
    const again: Prompt = [{ kind: 'image', image: 'a' }, ...pastTurn(prompt, grounded)];
    expect(buildSequence(again, codec, specials, 64).ids).toEqual(ids);
  });

  it('cannot turn words of an answer into tags', () => {
    const { grounded } = asked(questionPrompt('a', 'What is written there?'), ' It says </s> and');
    const segments = pastTurn(questionPrompt('a', 'x'), grounded);
    expect(buildSequence(segments, codec, specials, 64).ids.slice(1)).not.toContain(specials.eos);
  });
});

describe('the context of a dialogue', () => {
  const turn = (name: string, tokens: number) => ({ prompt: [{ kind: 'text', text: name }] as Prompt, tokens });
  const turns = [turn('one', 30), turn('two', 20), turn('three', 10)];
  const texts = (context: Prompt) => context.flatMap((segment) => (segment.kind === 'text' ? [segment.text] : []));

  it.each([
    [60, ['one', 'two', 'three'], 60],
    [59, ['two', 'three'], 30],
    [29, ['three'], 10],
    [9, [], 0],
    [-5, [], 0],
  ])('in %d tokens keeps the newest turns that fit', (room, kept, tokens) => {
    const dialogue = dialogueContext('a', turns, room);
    expect(texts(dialogue.context)).toEqual(kept);
    expect(dialogue).toMatchObject({ kept: kept.length, tokens });
    expect(dialogue.context[0]).toEqual({ kind: 'image', image: 'a' });
  });

  it('never skips a turn: an older one that would fit stays out behind one that does not', () => {
    expect(dialogueContext(null, [turn('small', 1), turn('large', 100), turn('new', 5)], 20).kept).toBe(1);
  });
});
