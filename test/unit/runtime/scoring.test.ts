import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import { buildSequence, type TextCodec } from '../../../src/kosmos2/sequence.ts';
import { readSpecialTokens, type SpecialTokens } from '../../../src/kosmos2/special-tokens.ts';
import { choiceQuestion, questionPrompt } from '../../../src/kosmos2/task-prompts.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import type { ChoiceScore } from '../../../src/protocol/scoring.ts';
import type { CachedSequence } from '../../../src/runtime/cached-sequence.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import type { RgbImage } from '../../../src/runtime/image/pixels.ts';
import { scoreTokens } from '../../../src/runtime/score.ts';
import { createCodec } from '../../../src/runtime/tokenizer.ts';
import { answer } from '../../support/answer.ts';
import { openDemoEngine, openDemoPackage } from '../../support/demo-engine.ts';
import { GraphModel } from '../../support/graph-model.ts';
import { fixture } from '../../support/packages.ts';
import { scenePixels } from '../../support/scene-inputs.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

const best = (scores: readonly ChoiceScore[]) =>
  scores.reduce((most, score) => (score.meanLogProbability > most.meanLogProbability ? score : most)).choice;

describe('scores of choices', () => {
  let pkg: ModelPackage;
  let engine: Engine;
  let codec: TextCodec;
  let specials: SpecialTokens;

  beforeAll(async () => {
    pkg = await openDemoPackage();
    engine = await openDemoEngine('scene-00', 'scene-06', 'scene-19');
    codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
    specials = readSpecialTokens(pkg.tokenizer);
  });

  it('are those of reading the sequence token by token', async () => {
    const request = choiceQuestion('scene-00', 'What is on the left?', ['A rocket', 'A very big old cactus and a dog']);
    // A prompt longer than one run, and another in the cache before it.
    const long: Prompt = [...request.prompt.slice(0, 1), { kind: 'text', text: 'a dog on the left '.repeat(30) }];
    for (const prompt of [request.prompt, long]) {
      const scores = await engine.score({ prompt, choices: request.choices });
      const model = await GraphModel.create(ort, pkg, { device: 'wasm', activation: 'f32' }, createWasmSession);
      const rows = await model.encodeImage(await scenePixels('scene-00.png', pkg));
      for (const { choice, tokens, meanLogProbability } of scores) {
        const start = buildSequence(prompt, codec, specials, pkg.config.latentQueryNum).ids.length;
        const whole = buildSequence(
          [...prompt, ...(request.choices[choice] ?? [])],
          codec,
          specials,
          pkg.config.latentQueryNum,
        );
        const images = whole.imageSpans.map((span) => ({ start: span.start, rows }));
        model.reset();
        const expected: number[] = [];
        for (const [position, id] of whole.ids.slice(0, -1).entries()) {
          const logits = await model.run([id], images);
          if (position + 1 >= start) expected.push(logSoftmax(logits, whole.ids[position + 1] as number));
        }
        expect(tokens.map(({ id }) => id)).toEqual(whole.ids.slice(start));
        for (const [i, { logProbability }] of tokens.entries()) expect(logProbability).toBeCloseTo(expected[i] ?? 0, 3);
        const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
        expect(meanLogProbability).toBeCloseTo(mean, 3);
      }
      await model.release();
    }
  });

  it.each([
    ['scene-00', 'rocket', 0],
    ['scene-00', 'cactus', 0],
    ['scene-00', 'snowman', 1],
    ['scene-06', 'pig', 0],
    ['scene-06', 'rocket', 1],
    ['scene-19', 'snowman', 0],
    ['scene-19', 'pig', 1],
  ])('tell whether %s has a %s', async (scene, name, right) => {
    const question = choiceQuestion(scene, `Is there a ${name}?`, ['Yes', 'No']);
    expect(best(await engine.score(question))).toBe(right);
  });

  it('read what the choices share once, and leave the cache fit for the next question', async () => {
    const before = await answer(engine, { prompt: questionPrompt('scene-19', 'What color is the background?') });
    await engine.score(choiceQuestion('scene-19', 'What color is the background?', ['Red', 'Blue', 'Green']));
    const after = await answer(engine, { prompt: questionPrompt('scene-19', 'What color is the background?') });
    expect(after.ids).toEqual(before.ids);
    expect(after.timings.reusedTokens).toBe(after.timings.promptTokens - 1);
  });

  it('stop where they are told to, and the next question is answered', async () => {
    const question = choiceQuestion('scene-00', 'Is there a rocket?', ['Yes', 'No']);
    await expect(engine.score(question, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(best(await engine.score(question))).toBe(0);
  });

  it('are all about one picture, whatever is set or dropped under its name meanwhile', async () => {
    const [old, other] = await Promise.all(
      ['scene-00', 'scene-06'].map((scene) => decodeImageFile(fixture(`demo-scenes/${scene}.png`))),
    );
    const question = choiceQuestion('changing', 'Is there a pig?', ['Yes', 'No']);
    engine.setImage('changing', old as RgbImage);
    const scores = await engine.score(question);
    for (const change of [() => engine.setImage('changing', other as RgbImage), () => engine.dropImage('changing')]) {
      engine.setImage('changing', old as RgbImage);
      const scoring = engine.score(question);
      // As a message that arrives meanwhile.
      setImmediate(change);
      const again = await scoring;
      expect(best(again)).toBe(best(scores));
      for (const { choice, meanLogProbability } of again)
        expect(meanLogProbability).toBeCloseTo(scores[choice]?.meanLogProbability ?? 0, 3);
    }
  });

  it('are no numbers where the model gives none', async () => {
    const logits = new Float32Array(8).fill(Number.NaN);
    const cached = {
      async *predictions() {
        yield [2, logits] as const;
      },
    } as unknown as CachedSequence;
    const scored = scoreTokens({ ids: [0, 5, 2], imageSpans: [], images: [] }, 2, cached, codec, undefined);
    await expect(scored).rejects.toThrow('no usable probabilities');
  });

  it('need choices with words, an image that was set and a prompt that fits', async () => {
    const { prompt } = choiceQuestion('scene-00', 'Is there a rocket?', ['Yes']);
    const yes: Prompt = [{ kind: 'text', text: 'Yes' }];
    const refusals = [
      [{ prompt, choices: [] }, 'OPTION_INVALID'],
      [{ prompt, choices: new Array(101).fill(yes) }, 'OPTION_INVALID'],
      [{ prompt, choices: [yes, []] }, 'PROMPT_EMPTY'],
      [{ prompt: [{ kind: 'image', image: 'nowhere' } as const, ...yes], choices: [yes] }, 'IMAGE_UNKNOWN'],
      [{ prompt, choices: [[{ kind: 'text', text: 'dog '.repeat(1100) } as const]] }, 'PROMPT_TOO_LONG'],
    ] as const;
    for (const [request, code] of refusals) await expect(engine.score(request)).rejects.toMatchObject({ code });
  });
});

function logSoftmax(logits: Float32Array, id: number): number {
  const max = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0);
  return (logits[id] ?? 0) - max - Math.log(total);
}
