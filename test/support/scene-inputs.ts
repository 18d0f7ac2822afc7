import { decodeImageFile } from '../../src/cli/decode-image.ts';
import { buildSequence, type Sequence } from '../../src/kosmos2/sequence.ts';
import { readSpecialTokens } from '../../src/kosmos2/special-tokens.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { pixelValues } from '../../src/runtime/image/pixel-values.ts';
import { createCodec } from '../../src/runtime/tokenizer.ts';
import { fixture } from './packages.ts';

/** A sample scene as the vision graph takes it. */
export async function scenePixels(image: string, { preprocessor }: ModelPackage): Promise<Float32Array> {
  return pixelValues(await decodeImageFile(fixture(`demo-scenes/${image}`)), preprocessor);
}

/** A scene and a prompt with tags as one sequence of ids. */
export function sceneSequence(prompt: string, { config, tokenizer, tokenizerConfig }: ModelPackage): Sequence {
  const codec = createCodec(tokenizer, tokenizerConfig);
  const segments = [{ kind: 'image', image: 'scene' } as const, { kind: 'raw', text: prompt } as const];
  return buildSequence(segments, codec, readSpecialTokens(tokenizer), config.latentQueryNum);
}
