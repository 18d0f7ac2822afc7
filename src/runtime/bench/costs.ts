import type { GraphTarget } from '../../graph/onnx-graph.ts';
import type { Kosmos2Config } from '../../kosmos2/config.ts';
import { expectedWeights } from '../../package/expected-weights.ts';
import type { ModelPackage } from '../../package/model-package.ts';
import { sizeOf } from '../../tensors/shape.ts';
import { weightsOn } from '../requirements.ts';

/** Every matrix by which a token or a patch is multiplied: numbers in all of the decoder's (its head apart) and of the vision tower's. */
function matrices(config: Kosmos2Config): { readonly decoder: number; readonly head: number; readonly vision: number } {
  const sums = { decoder: 0, head: 0, vision: 0 };
  for (const { name, shape, group } of expectedWeights(config)) {
    if (group === 'embedding') sums.head += sizeOf(shape);
    else if (group === 'decoder') sums.decoder += sizeOf(shape);
    // The patch convolution is a product too, though it is never quantized.
    else if (group === 'vision' || name.endsWith('.patch_embedding.weight')) sums.vision += sizeOf(shape);
  }
  return sums;
}

/** Floating-point operations of encoding an image: every patch times every matrix, and each attending to all. */
export function encodeOperations(config: Kosmos2Config): number {
  const { imageSize, patchSize, layers, hiddenSize } = config.vision;
  const patches = (imageSize / patchSize) ** 2 + 1;
  return 2 * matrices(config).vision * patches + 4 * layers * patches ** 2 * hiddenSize;
}

/** Floating-point operations of a prefill of `tokens` in an empty cache, with the logits of the last. */
export function prefillOperations(config: Kosmos2Config, tokens: number): number {
  const { decoder, head } = matrices(config);
  const { layers, embedDim } = config.text;
  return 2 * decoder * tokens + 2 * head + 2 * layers * tokens ** 2 * embedDim;
}

/**
 * Bytes that must be read for one more token: all weights of the decoder and its head, as the device holds them, and the keys
 * and values of `positions`.
 */
export function decodeBytes(
  pkg: Pick<ModelPackage, 'config' | 'manifest'>,
  target: GraphTarget,
  positions: number,
): number {
  const { layers, embedDim } = pkg.config.text;
  const weights = weightsOn(pkg.config, pkg.manifest, target).filter(({ weight }) =>
    weight.name.startsWith('text_model'),
  );
  const cache = 2 * layers * positions * embedDim * (target.activation === 'f16' ? 2 : 4);
  return weights.reduce((sum, { bytes }) => sum + bytes, cache);
}

/** The least time that so many operations need on a device that does `perSecond`. */
export function byProduct(
  operations: number,
  perSecond: number,
): { readonly of: 'product'; readonly milliseconds: number } {
  return { of: 'product', milliseconds: (operations * 1000) / perSecond };
}
