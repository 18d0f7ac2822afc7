import { expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openEngine } from '../../../src/runtime/open-engine.ts';
import { answer } from '../../support/answer.ts';
import { recordedAnswers } from '../../support/demo-scenes.ts';
import { fixture, openFixture } from '../../support/packages.ts';

it('with float32 weights every recorded answer of the demo scenes comes out id by id', async () => {
  const engine = await openEngine(await openFixture('demo-model', 'f32'), [() => nodeBackend(1)]);
  let shown = '';
  for (const { image, prompt, generated_ids } of recordedAnswers) {
    if (image !== shown) engine.setImage('scene', await decodeImageFile(fixture(`demo-scenes/${image}`)));
    shown = image;
    const { ids } = await answer(engine, {
      prompt: [
        { kind: 'image', image: 'scene' },
        { kind: 'raw', text: prompt },
      ],
    });
    expect(ids, `${image} ${prompt}`).toEqual(generated_ids);
  }
  expect(recordedAnswers.length).toBe(247);
});
