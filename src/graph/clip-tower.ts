import type { VisionConfig } from '../kosmos2/config.ts';
import { fullAttention } from './full-attention.ts';
import type { GraphScope } from './graph-scope.ts';
import { linear } from './linear.ts';
import { addAndNorm, type LayerNorm, layerNorm } from './normalization.ts';
import type { Value } from './onnx-builder.ts';

const TOWER = 'vision_model.model';

/**
 * CLIP vision transformer on `[1, channels, size, size]`: `[1, patches + 1, hiddenSize]`, the class token first. Unlike
 * CLIP itself, KOSMOS-2 takes all tokens through `post_layernorm` and scales each to length 1
 * (`Kosmos2Model.get_image_features` of the reference).
 */
export function clipTower(scope: GraphScope, config: VisionConfig, pixels: Value): Value {
  const norm = (name: string): LayerNorm => ({
    prefix: `${TOWER}.${name}`,
    size: config.hiddenSize,
    epsilon: config.layerNormEps,
  });
  // The norm after a residual sum belongs to the next block, so blocks hand on the sum and its norm.
  let residual = layerNorm(scope, norm('pre_layrnorm'), embeddings(scope, config, pixels));
  let normed = layerNorm(scope, norm('encoder.layers.0.layer_norm1'), residual);
  for (let layer = 0; layer < config.layers; layer += 1) {
    const block = `encoder.layers.${layer}`;
    const next = layer + 1 < config.layers ? `encoder.layers.${layer + 1}.layer_norm1` : 'post_layernorm';
    const attended = selfAttention(scope, config, `${TOWER}.${block}.self_attn`, normed);
    const middle = addAndNorm(scope, norm(`${block}.layer_norm2`), attended, residual);
    const fed = feedForward(scope, config, `${TOWER}.${block}.mlp`, middle.normed);
    ({ sum: residual, normed } = addAndNorm(scope, norm(next), fed, middle.sum));
  }
  return unitLength(scope, config.hiddenSize, normed);
}

function embeddings(scope: GraphScope, config: VisionConfig, pixels: Value): Value {
  const { builder } = scope;
  const { hiddenSize, channels, patchSize, imageSize } = config;
  const prefix = `${TOWER}.embeddings`;
  const side = imageSize / patchSize;
  const kernel = scope.parameter(`${prefix}.patch_embedding.weight`, [hiddenSize, channels, patchSize, patchSize]);
  const grid = builder.node(`${prefix}.patch_embedding`, 'Conv', [pixels, kernel], {
    kernel_shape: { ints: [patchSize, patchSize] },
    strides: { ints: [patchSize, patchSize] },
  });
  const columns = builder.node(`${prefix}.columns`, 'Reshape', [grid, builder.shape([1, hiddenSize, side * side])]);
  const patches = builder.node(`${prefix}.patches`, 'Transpose', [columns], { perm: { ints: [0, 2, 1] } });
  const classToken = scope.parameter(`${prefix}.class_embedding`, [hiddenSize], [1, 1, hiddenSize]);
  const tokens = builder.node(`${prefix}.tokens`, 'Concat', [classToken, patches], { axis: { int: 1 } });
  const count = side * side + 1;
  const positions = scope.parameter(`${prefix}.position_embedding.weight`, [count, hiddenSize], [1, count, hiddenSize]);
  return builder.node(prefix, 'Add', [tokens, positions]);
}

function selfAttention(scope: GraphScope, config: VisionConfig, prefix: string, input: Value): Value {
  const size = config.hiddenSize;
  const project = (name: string, from: Value): Value =>
    linear(scope, { prefix: `${prefix}.${name}`, inputs: size, outputs: size }, from);
  const attended = fullAttention(
    scope,
    prefix,
    { heads: config.heads, headSize: size / config.heads },
    { queries: project('q_proj', input), keys: project('k_proj', input), values: project('v_proj', input) },
  );
  return project('out_proj', attended);
}

function feedForward(scope: GraphScope, config: VisionConfig, prefix: string, input: Value): Value {
  const { hiddenSize, intermediateSize } = config;
  const up = linear(scope, { prefix: `${prefix}.fc1`, inputs: hiddenSize, outputs: intermediateSize }, input);
  const active = scope.builder.node(`${prefix}.quick_gelu`, 'com.microsoft.QuickGelu', [up], {
    alpha: { float: 1.702 },
  });
  return linear(scope, { prefix: `${prefix}.fc2`, inputs: intermediateSize, outputs: hiddenSize }, active);
}

/**
 * Scales each token to length 1. As a root-mean-square norm with gain 1 / sqrt(size), because that operator sums the
 * squares in float32 on every device, where float16 would overflow.
 */
function unitLength(scope: GraphScope, size: number, tokens: Value): Value {
  const gain = scope.constant('unit_length_gain', new Float32Array(size).fill(1 / Math.sqrt(size)));
  return scope.builder.node(`${TOWER}.unit_length`, 'SimplifiedLayerNormalization', [tokens, gain], {
    axis: { int: -1 },
    epsilon: { float: 1e-12 },
  });
}
