import { readFileSync } from 'node:fs';
import { decodeImageFile } from '../../src/cli/decode-image.ts';
import { buildSequence, type Sequence } from '../../src/kosmos2/sequence.ts';
import { readSpecialTokens } from '../../src/kosmos2/special-tokens.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { pixelValues } from '../../src/runtime/image/pixel-values.ts';
import { createCodec } from '../../src/runtime/tokenizer.ts';
import { fixture } from './packages.ts';

/** A prompt about a sample scene and what the reference (float32, greedy, no grammar) answered. */
export interface RecordedAnswer {
  readonly image: string;
  readonly prompt: string;
  readonly generated_ids: number[];
  /** Least gap between the first and the second choice. */
  readonly smallest_margin: number;
}

export function recordedAnswers(): RecordedAnswer[] {
  const lines = readFileSync(fixture('demo-scenes/expected.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedAnswer);
}

export async function scenePixels(image: string, { preprocessor }: ModelPackage): Promise<Float32Array> {
  return pixelValues(await decodeImageFile(fixture(`demo-scenes/${image}`)), preprocessor);
}

export function promptSequence(prompt: string, { config, tokenizer, tokenizerConfig }: ModelPackage): Sequence {
  const codec = createCodec(tokenizer, tokenizerConfig);
  const segments = [{ kind: 'image', image: 'scene' } as const, { kind: 'raw', text: prompt } as const];
  return buildSequence(segments, codec, readSpecialTokens(tokenizer), config.latentQueryNum);
}
