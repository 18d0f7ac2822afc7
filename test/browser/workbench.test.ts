import { afterAll, describe, expect, it } from 'vitest';
import {
  createEngine,
  type EngineClient,
  findOthers,
  groundText,
  type OtherFound,
  type Prompt,
} from '../../src/index.ts';
import { iou, unitBox } from '../../src/kosmos2/box.ts';
import { boxToPatchPair } from '../../src/kosmos2/patch-index.ts';
import { choiceQuestion } from '../../src/kosmos2/task-prompts.ts';
import type { ChoiceScore } from '../../src/protocol/scoring.ts';
import { collect } from '../support/collect.ts';

const engines: EngineClient[] = [];
afterAll(() => {
  for (const engine of engines) engine.dispose();
});

async function openEngine(backend: 'wasm' | 'webgpu'): Promise<EngineClient> {
  const engine = createEngine();
  engines.push(engine);
  await engine.open(new URL('/models/demo/', location.href).href, { backend });
  for (const scene of ['scene-00', 'scene-06']) {
    await engine.setImage(scene, await (await fetch(`/test/fixtures/demo-scenes/${scene}.png`)).blob());
  }
  return engine;
}

/** Choices of one token and of several, so that several rows of logits are read at once. */
const question = choiceQuestion('scene-00', 'What is on the left?', [
  'A rocket',
  'A dog',
  'A very big old cactus and a dog',
]);

describe.each(['wasm', 'webgpu'] as const)('what the workbench asks of the worker on %s', (backend) => {
  const opened = openEngine(backend);

  it('scores choices by the token: the right one is best', async () => {
    const scores = await (await opened).score(question);
    expect(scores.map(({ choice }) => choice)).toEqual([0, 1, 2]);
    const best = scores.reduce((most, one) => (one.meanLogProbability > most.meanLogProbability ? one : most));
    expect(best.choice).toBe(0);
    expect(best.tokens.map(({ text }) => text).join('')).toBe(' A rocket');
    // Read again from the cache, after another prompt, or for a single choice, a score is the same.
    const [alone] = await (await opened).score({ ...question, choices: question.choices.slice(2) });
    expect(alone?.meanLogProbability).toBeCloseTo(scores[2]?.meanLogProbability ?? 0, 2);
  });

  it('stops scoring, and goes on', async () => {
    const engine = await opened;
    const stop = new AbortController();
    const many = { ...question, choices: new Array<Prompt>(100).fill(question.choices[2] ?? []) };
    const scoring = engine.score(many, stop.signal);
    stop.abort();
    await expect(scoring).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await engine.score(question)).toHaveLength(3);
  });

  it('measures prompts', async () => {
    const { tokens, limit } = await (await opened).measure([
      question.prompt,
      [{ kind: 'image', image: 'scene-00' }],
      [],
    ]);
    expect(tokens[0]).toBeGreaterThan(66);
    expect(tokens.slice(1)).toEqual([66, 0]);
    expect(limit).toBeGreaterThan(500);
  });

  it('finds the other pig, and grounds a text', async () => {
    const engine = await opened;
    const [first, second] = [unitBox(0.07031, 0.77031, 0.32031, 0.99375), unitBox(0.19375, 0.17656, 0.52656, 0.47344)];
    const request = { image: 'scene-06', phrase: 'a pig', boxes: [boxToPatchPair(first)], most: 1 };
    const found: OtherFound[] = await collect(findOthers(engine, request));
    expect(iou(found[0]?.box ?? first, second)).toBeGreaterThan(0.5);
    const [butterfly] = await collect(
      groundText(engine, 'scene-06', 'Two pigs and a butterfly.', [{ start: 13, end: 24 }]),
    );
    expect(butterfly).toMatchObject({ phrase: 'a butterfly', start: 13, end: 24 });
    expect(iou(butterfly?.boxes[0]?.box ?? first, unitBox(0.4, 0.74219, 0.65, 0.99219))).toBeGreaterThan(0.5);
  });
});

it('scores on WebGPU are those on WASM', async () => {
  const [wasm, webgpu] = (await Promise.all(engines.map(async (engine) => engine.score(question)))) as [
    readonly ChoiceScore[],
    readonly ChoiceScore[],
  ];
  const logs = (scores: readonly ChoiceScore[]) =>
    scores.flatMap(({ tokens }) => tokens.map(({ logProbability }) => logProbability));
  expect(logs(webgpu)).toHaveLength(logs(wasm).length);
  for (const [index, value] of logs(webgpu).entries()) expect(value).toBeCloseTo(logs(wasm)[index] ?? 0, 2);
});
