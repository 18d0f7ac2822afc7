import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImageFile } from '../../src/cli/decode-image.ts';
import { folderCheckpoint, folderFiles, folderSink } from '../../src/cli/folder-files.ts';
import { type CheckpointConfig, writeRandomCheckpoint } from '../../src/cli/random-checkpoint.ts';
import { buildSequence } from '../../src/kosmos2/sequence.ts';
import { readSpecialTokens } from '../../src/kosmos2/special-tokens.ts';
import { captionPrompt } from '../../src/kosmos2/task-prompts.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import { openPackage } from '../../src/package/open-package.ts';
import { pixelValues } from '../../src/runtime/image/pixel-values.ts';
import { createCodec } from '../../src/runtime/tokenizer.ts';
import type { SampleFile } from './sides.ts';

/**
 * Makes what all sides read, where it is not there: a random checkpoint and our package of it, the picture as pixels, and the
 * question as ids.
 */
export async function prepare(
  work: string,
  config: CheckpointConfig,
  tokenizer: string,
  picture: string,
): Promise<void> {
  const checkpoint = join(work, 'checkpoint');
  if (!existsSync(join(work, 'package', 'manifest.json'))) {
    await writeRandomCheckpoint(checkpoint, tokenizer, config);
    await importCheckpoint(folderCheckpoint(checkpoint), folderSink(join(work, 'package')), {
      scheme: 'q4',
      name: 'Side by side',
      description: 'Random weights',
      licence: 'CC0-1.0',
      source: { repository: 'random', revision: null },
    });
  }
  const pkg = await openPackage(folderFiles(join(work, 'package')));
  const pixels = pixelValues(await decodeImageFile(picture), pkg.preprocessor);
  const codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
  const specials = readSpecialTokens(pkg.tokenizer);
  const { ids, imageSpans } = buildSequence(captionPrompt('picture'), codec, specials, pkg.config.latentQueryNum);
  const sample: SampleFile = { ids, start: imageSpans[0]?.start ?? 0, rows: pkg.config.latentQueryNum };
  const { heads, embedDim } = pkg.config.text;
  await copyFile(picture, join(work, 'picture.jpg'));
  await writeFile(join(work, 'pixels.f32'), new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
  await writeFile(join(work, 'sample.json'), JSON.stringify(sample));
  await writeFile(
    join(work, 'shape.json'),
    JSON.stringify({ heads, width: embedDim, side: pkg.config.vision.imageSize }),
  );
}

/** Logits that a side has left; null where it has not. */
export async function logitsOf(work: string, side: string): Promise<Float32Array | null> {
  const path = join(work, `${side}-logits.f32`);
  return existsSync(path) ? new Float32Array(new Uint8Array(await readFile(path)).buffer) : null;
}
