import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePreprocessorConfig } from '../../../src/kosmos2/preprocessor-config.ts';
import { pixelValues } from '../../../src/runtime/image/pixel-values.ts';
import { floatToHalf, halfToFloat } from '../../../src/tensors/float16.ts';
import { argmax, GraphModel, type ImageRows, type ModelWeights, relativeError } from '../../support/graph-model.ts';
import { fixture, openFixture } from '../../support/packages.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

interface ReferenceCase {
  readonly prompt?: string;
  readonly parts?: readonly { readonly image: string; readonly text: string }[];
  readonly input_ids: number[];
  readonly image_embeds_first_row: number[];
  readonly image_embeds_sum: number;
  readonly last_logits_first_64: number[];
  readonly last_logits_argmax: number;
  readonly generated_ids: number[];
  readonly no_repeat_ngram_size: number;
}

const roundToHalf = (value: number) => halfToFloat(floatToHalf(value));

function roundToBfloat(value: number): number {
  const float = Float32Array.of(value);
  const bits = new Uint32Array(float.buffer);
  const exact = bits[0] as number;
  bits[0] = (exact + 0x7fff + ((exact >>> 16) & 1)) & 0xffff0000;
  return float[0] as number;
}

// Values of the reference implementation (transformers 4.57.1, float32 on CPU). The models of the 16-bit checkpoints had
// been converted to that type and back: their weights lost nothing by it, but their table of positions stayed rounded.
describe.each([
  ['random-f32', Math.fround],
  ['random-f16-sharded', roundToHalf],
  ['random-bf16', roundToBfloat],
])('graphs of %s on WASM', (name, roundPosition) => {
  const folder = fixture(`reference/${name}`);
  const { cases, image } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    cases: ReferenceCase[];
    image: string;
  };
  let checkpoint: ModelWeights;
  let model: GraphModel;

  beforeAll(async () => {
    checkpoint = await openFixture(`reference/${name}`, 'f32');
    model = await GraphModel.create(ort, checkpoint, { device: 'wasm', activation: 'f32' }, createWasmSession);
    model.roundPosition = roundPosition;
  });
  afterAll(() => model.release());

  async function encode(file: string): Promise<Float32Array> {
    const { data, info } = await sharp(join(folder, file)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const json: unknown = JSON.parse(readFileSync(join(folder, 'preprocessor_config.json'), 'utf8'));
    const rgb = { width: info.width, height: info.height, data: new Uint8Array(data) };
    return model.encodeImage(pixelValues(rgb, parsePreprocessorConfig(json, checkpoint.config.vision.imageSize)));
  }

  /** Image rows at every place where the placeholder ids 4, 5, .. begin. */
  async function imagesOf(test: ReferenceCase): Promise<ImageRows[]> {
    const count = checkpoint.config.latentQueryNum;
    const starts = test.input_ids.flatMap((_, i) =>
      test.input_ids.slice(i, i + count).join() === Array.from({ length: count }, (_, k) => k + 4).join() ? [i] : [],
    );
    const files = test.parts?.map((part) => part.image) ?? [image];
    expect(starts).toHaveLength(files.length);
    return Promise.all(files.map(async (file, i) => ({ start: starts[i] as number, rows: await encode(file) })));
  }

  it.each(cases.map((test) => [test.prompt ?? 'two images in one sequence', test] as const))(
    'gives the reference its image rows, logits and greedy ids for "%s"',
    async (_, test) => {
      model.reset();
      const images = await imagesOf(test);
      expect(relativeError((images[0] as ImageRows).rows, test.image_embeds_first_row)).toBeLessThan(1e-5);
      const rows = images.flatMap((image) => [...image.rows]);
      const sum = rows.reduce((total, value) => total + value, 0);
      const logits = await model.run(test.input_ids, images);
      const error = relativeError(logits.subarray(0, 64), test.last_logits_first_64);
      console.info(`${name}: logit error ${error.toExponential(1)} of their range`);
      expect(Math.abs(sum - test.image_embeds_sum)).toBeLessThan(1e-5 * rows.reduce((t, v) => t + Math.abs(v), 0));
      expect(error).toBeLessThan(1e-5);
      expect(argmax(logits)).toBe(test.last_logits_argmax);
      const ids = await model.greedy(test.input_ids, logits, test.generated_ids.length, test.no_repeat_ngram_size);
      expect(ids).toEqual(test.generated_ids);
    },
  );
});
