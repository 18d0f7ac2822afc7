import { copyFile, type FileHandle, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '../kosmos2/config.ts';
import { type ExpectedWeight, expectedWeights } from '../package/expected-weights.ts';
import { layoutSafetensors } from '../tensors/safetensors-layout.ts';
import { matrixShape } from '../tensors/shape.ts';
import { UNFINISHED } from './ground/write-whole.ts';

/** Numbers written at a time: 32 MB. */
const PIECE_NUMBERS = 2 ** 23;

/** Text of a config.json; sizes that are left out are the official ones. */
export type CheckpointConfig = Readonly<Record<string, unknown>>;

/** `microsoft/kosmos-2-patch14-224`: every field that is left out has its value there. */
const OFFICIAL: CheckpointConfig = { model_type: 'kosmos-2', latent_query_num: 64, text_config: {}, vision_config: {} };
const PREPROCESSOR = {
  do_resize: true,
  size: { height: 224, width: 224 },
  resample: 3,
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
  use_square_size: true,
};

/**
 * Writes a checkpoint with the names and shapes of the official one (6.6 GB in float32) and random numbers, the same ones
 * every time: matrices keep the size of what goes through them, gains are near 1, so activations behave as in a real model.
 * The weight file comes last, and whole or not at all.
 * @param tokenizer tokenizer.json of a vocabulary of 65,037
 * @param config the official one by default
 * @returns bytes of the weight file
 */
export async function writeRandomCheckpoint(
  folder: string,
  tokenizer: string,
  config: CheckpointConfig = OFFICIAL,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'preprocessor_config.json'), JSON.stringify(PREPROCESSOR));
  await copyFile(tokenizer, join(folder, 'tokenizer.json'));
  const weights = [...expectedWeights(parseConfig(config))];
  const name = 'model.safetensors';
  const specs = weights.map(({ name, shape }) => ({ name, dtype: 'F32' as const, shape }));
  const { header, tensors, byteLength } = layoutSafetensors(name, specs, { format: 'pt' });
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  const path = join(folder, name);
  const file = await open(`${path}${UNFINISHED}`, 'w');
  try {
    await file.write(header);
    const random = randomNumbers(1);
    for (const tensor of tensors) {
      await writeNumbers(file, tensor.byteLength / 4, byName.get(tensor.name) as ExpectedWeight, random);
    }
  } finally {
    await file.close();
  }
  await rename(`${path}${UNFINISHED}`, path);
  return byteLength;
}

/** Fills an array with numbers that are uniform in -1..1. */
type FillRandom = (values: Float32Array) => void;

async function writeNumbers(file: FileHandle, count: number, weight: ExpectedWeight, fill: FillRandom): Promise<void> {
  const { middle, spread } = distributionOf(weight);
  for (let done = 0; done < count; done += PIECE_NUMBERS) {
    const values = new Float32Array(Math.min(PIECE_NUMBERS, count - done));
    fill(values);
    for (let i = 0; i < values.length; i++) values[i] = middle + (values[i] as number) * spread;
    await file.write(new Uint8Array(values.buffer));
  }
}

function distributionOf({ name, shape, group }: ExpectedWeight): { readonly middle: number; readonly spread: number } {
  const isGain = group === 'float' && /norm\d?\.weight$|layrnorm\.weight$|_ln\.weight$/.test(name);
  if (isGain) return { middle: 1, spread: 0.1 };
  if (shape.length === 1) return { middle: 0, spread: 0.02 };
  // A uniform distribution of half-width sqrt(3 / n) has the variance 1 / n.
  return { middle: 0, spread: Math.sqrt(3 / matrixShape(shape).columns) };
}

/** xorshift32 by George Marsaglia: fast, and good enough for weights nobody reads. */
function randomNumbers(seed: number): FillRandom {
  let state = seed;
  return (values) => {
    for (let i = 0; i < values.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      values[i] = state / 2 ** 31;
    }
  };
}
