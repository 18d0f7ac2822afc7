import { beforeAll, describe, expect, it } from 'vitest';
import { dialogueContext, pastTurn } from '../../../src/kosmos2/dialogue.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import {
  briefPrompt,
  fewShotContext,
  findPrompt,
  groundedQuestionPrompt,
  languagePrompt,
  questionPrompt,
} from '../../../src/kosmos2/task-prompts.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import { answer } from '../../support/answer.ts';
import { openDemoEngine } from '../../support/demo-engine.ts';

describe('the context of a question', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openDemoEngine('scene-00', 'scene-06');
  });

  it('is read by the model and left out of the result', async () => {
    const asked = briefPrompt('scene-06');
    const first = await answer(engine, { prompt: asked });
    const turn = pastTurn(asked, first.grounded);
    const { context } = dialogueContext('scene-06', [{ prompt: turn, tokens: 0 }], 0);
    const next = groundedQuestionPrompt(null, 'What is on the left?');
    const follow = await answer(engine, { context, prompt: next, options: { maxNewTokens: 8 } });
    expect(follow.grounded.caption.startsWith('Question: What is on the left? Answer:')).toBe(true);
    expect(follow.grounded.entities.every(({ start }) => start >= follow.grounded.answerStart)).toBe(true);
    expect(follow.text).not.toContain(first.text.slice(0, first.text.indexOf('</object>')));
    const [size] = engine.measure([[...context, ...next]]).tokens;
    expect(follow.timings.promptTokens).toBe((size ?? 0) + 1);
    // Question and answer of the turn before are in the cache, all but its last token, which was never run.
    expect(follow.timings.reusedTokens).toBeGreaterThanOrEqual(first.timings.promptTokens + first.ids.length - 2);
  });

  it('may hold demonstrations with images of their own', async () => {
    const shot = { prompt: questionPrompt('scene-00', 'Is there a rocket?'), answer: 'Yes.' };
    const request = { context: fewShotContext([shot]), prompt: questionPrompt('scene-06', 'Is there a pig?') };
    const { grounded, timings } = await answer(engine, { ...request, options: { maxNewTokens: 3 } });
    expect(grounded.caption.startsWith('Question: Is there a pig? Answer:')).toBe(true);
    const sizes = engine.measure([request.context, request.prompt]).tokens;
    expect(timings.promptTokens).toBe(sizes.reduce((sum, size) => sum + size, 1));
  });

  it('bans none of its words and boxes from the answer where nothing may be repeated', async () => {
    const options = { noRepeatNgramSize: 3 };
    const question = (scene: string) => questionPrompt(scene, 'Is there a pig?');
    const shots = [
      { prompt: question('scene-00'), answer: 'No.' },
      { prompt: question('scene-00'), answer: 'Yes.' },
    ];
    const byExample = await answer(engine, { context: fewShotContext(shots), prompt: question('scene-06'), options });
    expect(byExample.answer.trim()).toBe('Yes.');

    const find = findPrompt('scene-06', 'a pig');
    const first = await answer(engine, { prompt: find, options });
    const turn = pastTurn(find, first.grounded);
    const { context } = dialogueContext('scene-06', [{ prompt: turn, tokens: 0 }], 0);
    const again = await answer(engine, { context, prompt: findPrompt(null, 'a pig'), options });
    expect(again.grounded.entities.map(({ boxes }) => boxes.length)).toEqual([1]);
    expect(again.grounded.entities[0]?.boxes[0]).toMatchObject({
      upperLeft: first.grounded.entities[0]?.boxes[0]?.upperLeft,
    });
  });

  it('alone asks nothing', async () => {
    await expect(answer(engine, { context: [{ kind: 'image', image: 'scene-00' }], prompt: [] })).rejects.toMatchObject(
      {
        code: 'PROMPT_EMPTY',
      },
    );
    await expect(
      answer(engine, { context: languagePrompt('Once upon a time'), prompt: [{ kind: 'text', text: ' ' }] }),
    ).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
  });
});

describe('the measure of prompts', () => {
  it('adds up, and the limit is the longest that is answered', async () => {
    const engine = await openDemoEngine('scene-00');
    const image: Prompt = [{ kind: 'image', image: 'scene-00' }];
    const words = (count: number): Prompt => [{ kind: 'text', text: 'dog '.repeat(count) }];
    const { tokens, limit } = engine.measure([image, words(7), [...image, ...words(7)], []]);
    expect(tokens).toEqual([66, 7, 73, 0]);
    const fits = [...image, ...words(limit - 66)];
    expect(engine.measure([fits]).tokens).toEqual([limit]);
    expect((await answer(engine, { prompt: fits })).ids).toHaveLength(2);
    await expect(answer(engine, { prompt: [...fits, ...words(1)] })).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' });
  });
});
