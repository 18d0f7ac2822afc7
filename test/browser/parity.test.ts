import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../src/kosmos2/prompt.ts';
import { browserBackends } from '../../src/runtime/browser-backend.ts';
import { openEngine } from '../../src/runtime/open-engine.ts';
import { answer } from '../support/answer.ts';
import { fixtureJson, fixturePicture, openFixture } from './fixture-packages.ts';

interface Expected {
  readonly image: string;
  readonly cases: readonly {
    readonly prompt?: string;
    readonly parts?: readonly { readonly image: string; readonly text: string }[];
    readonly generated_ids: readonly number[];
    readonly no_repeat_ngram_size: number;
  }[];
}

describe.each(['wasm', 'webgpu'] as const)('float32 weights in Chromium on %s', (backend) => {
  it.each(['random-f32', 'random-f16-sharded', 'random-bf16'])(
    '%s: every greedy id is the reference implementation’s, two images in one sequence too',
    async (name) => {
      const folder = `reference/${name}`;
      const expected = await fixtureJson<Expected>(`${folder}/expected.json`);
      const engine = await openEngine(await openFixture(folder, 'f32'), await browserBackends(backend));
      expect(engine.model.backend.kind).toBe(backend);
      for (const image of ['image.png', 'image2.png'])
        engine.setImage(image, await fixturePicture(`${folder}/${image}`));
      for (const wanted of expected.cases) {
        const parts = wanted.parts ?? [{ image: expected.image, text: wanted.prompt ?? '' }];
        const prompt: Prompt = parts.flatMap(({ image, text }) => [
          { kind: 'image', image } as const,
          { kind: 'raw', text } as const,
        ]);
        const options = {
          maxNewTokens: wanted.generated_ids.length,
          noRepeatNgramSize: wanted.no_repeat_ngram_size,
          grammar: false,
        };
        const { ids } = await answer(engine, { prompt, options });
        expect(ids, wanted.prompt ?? 'two images').toEqual(wanted.generated_ids);
      }
      await engine.dispose();
    },
  );

  it('the demo model gives the recorded answers of a scene id by id', async () => {
    const lines = await (await fetch('/test/fixtures/demo-scenes/expected.jsonl')).text();
    const recorded = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { image: string; prompt: string; generated_ids: number[] })
      .filter(({ image }) => image === 'scene-03.png');
    const engine = await openEngine(await openFixture('demo-model', 'f32'), await browserBackends(backend));
    engine.setImage('scene', await fixturePicture('demo-scenes/scene-03.png'));
    expect(recorded).toHaveLength(8);
    // The software GPU takes minutes for all of them; it gets the short answers, which are boxes.
    const asked = backend === 'wasm' ? recorded : recorded.filter(({ generated_ids }) => generated_ids.length < 12);
    expect(asked.length).toBeGreaterThan(3);
    for (const { prompt, generated_ids } of asked) {
      const { ids } = await answer(engine, {
        prompt: [
          { kind: 'image', image: 'scene' },
          { kind: 'raw', text: prompt },
        ],
      });
      expect(ids, prompt).toEqual(generated_ids);
    }
    await engine.dispose();
  });
});
