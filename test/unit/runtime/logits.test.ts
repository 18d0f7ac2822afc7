import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import { buildSequence } from '../../../src/kosmos2/sequence.ts';
import { readSpecialTokens } from '../../../src/kosmos2/special-tokens.ts';
import { HiddenStates } from '../../../src/runtime/hidden-states.ts';
import { pixelValues } from '../../../src/runtime/image/pixel-values.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openParts } from '../../../src/runtime/open-engine.ts';
import { storedReader } from '../../../src/runtime/stored-reader.ts';
import { createCodec } from '../../../src/runtime/tokenizer.ts';
import { fixture, openFixture } from '../../support/packages.ts';

it.each(['random-f32', 'random-f16-sharded', 'random-bf16'])(
  '%s: the engine’s own path, from picture and prompt to logits, errs by at most 1e-4 of their range',
  async (name) => {
    const folder = `reference/${name}`;
    const expected = JSON.parse(readFileSync(fixture(`${folder}/expected.json`), 'utf8'));
    const pkg = await openFixture(folder, 'f32');
    const { config, tokenizer, tokenizerConfig, weights, shards, preprocessor } = pkg;
    const { vision, decoder } = await openParts(await nodeBackend(1), pkg);
    const embedding = weights.get('text_model.model.embed_tokens.weight');
    if (!embedding) throw new Error('no embedding');
    const hidden = new HiddenStates(embedding, storedReader(shards), config);
    const images = [
      {
        key: 'image',
        rows: await vision.encode(pixelValues(await decodeImageFile(fixture(`${folder}/image.png`)), preprocessor)),
      },
    ];
    for (const { prompt, input_ids, last_logits_first_64 } of expected.cases.slice(0, 3)) {
      const sequence = buildSequence(
        [
          { kind: 'image', image: 'image' },
          { kind: 'raw', text: prompt },
        ],
        createCodec(tokenizer, tokenizerConfig),
        readSpecialTokens(tokenizer),
        config.latentQueryNum,
      );
      expect(sequence.ids).toEqual(input_ids);
      decoder.rewind(0);
      const logits = await decoder.run(hidden.of({ ...sequence, images }, 0, sequence.ids.length));
      const range = Math.max(...logits) - Math.min(...logits);
      const errors = (last_logits_first_64 as number[]).map((value, i) => Math.abs(value - (logits[i] as number)));
      expect(Math.max(...errors) / range).toBeLessThan(1e-4);
    }
  },
);
