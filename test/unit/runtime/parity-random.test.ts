import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openEngine } from '../../../src/runtime/open-engine.ts';
import { answer } from '../../support/answer.ts';
import { fixture, openFixture } from '../../support/packages.ts';

interface ExpectedCase {
  readonly prompt?: string;
  readonly parts?: readonly { readonly image: string; readonly text: string }[];
  readonly generated_ids: readonly number[];
  readonly no_repeat_ngram_size: number;
}

describe.each(['random-f32', 'random-f16-sharded', 'random-bf16'])('%s on WASM', async (name) => {
  const folder = `reference/${name}`;
  const expected = JSON.parse(readFileSync(fixture(`${folder}/expected.json`), 'utf8'));
  const engine = await openEngine(await openFixture(folder, 'f32'), [() => nodeBackend(1)]);
  for (const image of ['image.png', 'image2.png']) {
    engine.setImage(image, await decodeImageFile(fixture(`${folder}/${image}`)));
  }

  it.each((expected.cases as ExpectedCase[]).map((wanted) => [wanted.prompt ?? 'two images in one sequence', wanted]))(
    '%s: every greedy id is the reference implementation’s',
    async (_, wanted) => {
      const parts = wanted.parts ?? [{ image: expected.image, text: wanted.prompt as string }];
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
      expect(ids).toEqual(wanted.generated_ids);
    },
  );
});
