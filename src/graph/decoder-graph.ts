import type { Kosmos2Config, TextConfig } from '../kosmos2/config.ts';
import type { WeightIndex } from '../tensors/weight-index.ts';
import { GraphScope } from './graph-scope.ts';
import { linear, projection } from './linear.ts';
import { addAndNorm, type LayerNorm, layerNorm } from './normalization.ts';
import { OnnxBuilder, type Value } from './onnx-builder.ts';
import { type GraphTarget, layerCacheNames, type OnnxGraph } from './onnx-graph.ts';

const DECODER = 'text_model.model';

/** Graph inputs that say where in the sequence a run stands. */
interface SequenceInputs {
  readonly lastPosition: Value;
  readonly totalLength: Value;
  readonly wantedRows: Value;
  /** Only in a batched graph. */
  readonly batchShape: Value | null;
}

/**
 * Most positions one run may have: from 32 on, onnxruntime 1.30 takes on a GPU the shader that is wrong on adapters with
 * small subgroups (see full-attention.ts). A longer prompt goes in pieces, at the price of reading the weights once more
 * for each.
 */
export function longestRun(target: GraphTarget): number {
  return target.device === 'webgpu' ? 31 : Number.POSITIVE_INFINITY;
}

/**
 * The decoder, for prefill and for single tokens.
 *
 * Inputs: `hidden_states` float32 `[1, S, embedDim]`, S at most `longestRun` (embeddings already scaled, positions
 * added); per layer the cache `[1, heads, P, headSize]` in the activation type; `seqlens_k` int32 `[1]`, the positions
 * filled after this run minus one; `total_sequence_length` int32 `[1]`, the same plus one, which the attention reads on
 * the CPU; `logits_index` int32 `[R]`, the rows of `hidden_states` whose logits are wanted.
 * Outputs: `logits` float32 `[1, R, vocabSize]` and the cache with the new positions written behind the old ones. On
 * WebGPU one buffer may be past and present of a layer; what lies behind the filled positions is never read. With
 * `addedOnly` the caches do not come out, but the run's own keys and values, `[1, S, embedDim]` of each layer.
 *
 * A batched graph takes N sequences, S positions of each, laid out as one: `hidden_states` `[1, N * S, embedDim]` and one
 * more input, `batch_shape` int64 `[3]` with N, S and embedDim; caches `[N, heads, P, headSize]`, `seqlens_k` `[N]`, and
 * `total_sequence_length` of the longest. Only the attention tells the sequences apart, so every other node is as it was.
 * @throws TensorError TENSOR_FILE_INVALID when a weight is missing or has another shape than the config calls for
 */
export function buildDecoderGraph(config: Kosmos2Config, weights: WeightIndex, target: GraphTarget): OnnxGraph {
  const builder = new OnnxBuilder('kosmos2_decoder', target.derivedFile);
  const scope = new GraphScope(builder, weights, target);
  const text = config.text;
  const input = builder.input('hidden_states', 'float32', [1, 'sequence', text.embedDim]);
  const sequence: SequenceInputs = {
    lastPosition: builder.input('seqlens_k', 'int32', [target.batched ? 'batch' : 1]),
    totalLength: builder.input('total_sequence_length', 'int32', [1]),
    wantedRows: builder.input('logits_index', 'int32', ['rows']),
    batchShape: target.batched ? builder.input('batch_shape', 'int64', [3]) : null,
  };
  const wanted = decoderLayers(scope, text, sequence, scope.fromFloat32('hidden_states:activations', input));
  languageHead(scope, text, wanted);
  return builder.build();
}

/** All layers and the last norm; only the wanted rows come out. */
function decoderLayers(scope: GraphScope, text: TextConfig, sequence: SequenceInputs, input: Value): Value {
  const norm = (name: string, size = text.embedDim): LayerNorm => ({
    prefix: `${DECODER}.${name}`,
    size,
    epsilon: text.layerNormEps,
  });
  const rows = (name: string, from: Value): Value =>
    scope.builder.node(name, 'Gather', [from, sequence.wantedRows], { axis: { int: 1 } });

  let residual = input;
  let normed = layerNorm(scope, norm('layers.0.self_attn_layer_norm'), residual);
  for (let layer = 0; layer < text.layers; layer += 1) {
    const block = `layers.${layer}`;
    const isLast = layer + 1 === text.layers;
    let attended = attention(scope, text, layer, sequence, normed);
    if (isLast) {
      // The other rows have left their keys and values in the cache; what the last layer makes of them nobody reads.
      attended = rows('wanted_attended', attended);
      residual = rows('wanted_residual', residual);
    }
    const inner = layerNorm(scope, norm(`${block}.self_attn.inner_attn_ln`), attended);
    const outProjection = {
      prefix: `${DECODER}.${block}.self_attn.out_proj`,
      inputs: text.embedDim,
      outputs: text.embedDim,
    };
    const out = linear(scope, outProjection, inner);
    const middle = addAndNorm(scope, norm(`${block}.final_layer_norm`), out, residual);
    const fed = feedForward(
      scope,
      text,
      norm(`${block}.ffn.ffn_layernorm`, text.ffnDim),
      `${DECODER}.${block}.ffn`,
      middle.normed,
    );
    const next = isLast ? 'layer_norm' : `layers.${layer + 1}.self_attn_layer_norm`;
    ({ sum: residual, normed } = addAndNorm(scope, norm(next), fed, middle.sum));
  }
  return normed;
}

/** Causal attention of `[1, N * S, embedDim]` over the caches and itself, before its norm and output projection. */
function attention(scope: GraphScope, text: TextConfig, layer: number, sequence: SequenceInputs, input: Value): Value {
  const { builder, activationType } = scope;
  const { embedDim, heads } = text;
  const prefix = `${DECODER}.layers.${layer}.self_attn`;
  const { batchShape } = sequence;
  const project = (name: string): Value => {
    const flat = linear(scope, { prefix: `${prefix}.${name}`, inputs: embedDim, outputs: embedDim }, input);
    return batchShape ? builder.node(`${prefix}.${name}:batch`, 'Reshape', [flat, batchShape]) : flat;
  };
  const cache = layerCacheNames(layer);
  const batch = batchShape ? 'batch' : 1;
  const pastShape = [batch, heads, 'past', embedDim / heads];
  const presentShape = [batch, heads, 'present', embedDim / heads];
  const [queries, keys, values] = [project('q_proj'), project('k_proj'), project('v_proj')];
  const inputs = [
    queries,
    keys,
    values,
    builder.input(cache.pastKey, activationType, pastShape),
    builder.input(cache.pastValue, activationType, pastShape),
    sequence.lastPosition,
    sequence.totalLength,
  ];
  // Without the presents the attention would have nowhere to put keys and values together, so they are always named.
  const outputs = [`${prefix}:out`, cache.presentKey, cache.presentValue];
  if (scope.target.addedOnly) {
    builder.node(`${prefix}:added_key`, 'Identity', [keys], {}, cache.addedKey);
    builder.node(`${prefix}:added_value`, 'Identity', [values], {}, cache.addedValue);
    builder.output(cache.addedKey, activationType, [batch, 'sequence', embedDim]);
    builder.output(cache.addedValue, activationType, [batch, 'sequence', embedDim]);
  } else {
    builder.output(cache.presentKey, activationType, presentShape);
    builder.output(cache.presentValue, activationType, presentShape);
  }
  const [attended] = builder.nodeWithOutputs(prefix, 'com.microsoft.GroupQueryAttention', inputs, outputs, {
    num_heads: { int: heads },
    kv_num_heads: { int: heads },
    do_rotary: { int: 0 },
  });
  if (!batchShape) return attended as Value;
  return builder.node(`${prefix}:flat`, 'Reshape', [attended as Value, builder.shape([1, -1, embedDim])]);
}

/** fc1, gelu, the inner norm of sub-LN, fc2. */
function feedForward(scope: GraphScope, text: TextConfig, innerNorm: LayerNorm, prefix: string, input: Value): Value {
  const { embedDim, ffnDim } = text;
  const up = linear(scope, { prefix: `${prefix}.fc1`, inputs: embedDim, outputs: ffnDim }, input);
  const active = scope.builder.node(`${prefix}.gelu`, 'com.microsoft.Gelu', [up]);
  const inner = layerNorm(scope, innerNorm, active);
  return linear(scope, { prefix: `${prefix}.fc2`, inputs: ffnDim, outputs: embedDim }, inner);
}

/**
 * Logits from the tied embedding. float16 steps by 1/64 at the size logits have, which would leave near ties to rounding;
 * a quantized embedding is therefore multiplied in float32, at the price of wider scales only. The vocabulary is not padded:
 * MatMulNBits wants rows in multiples of 16 only for its int8 kernels, which accuracy level 0 does not use.
 */
function languageHead(scope: GraphScope, { vocabSize, embedDim }: TextConfig, hidden: Value): void {
  const embedding = scope.weight(`${DECODER}.embed_tokens.weight`, [vocabSize, embedDim]);
  const quantized = embedding.blocks[0]?.scales !== undefined;
  const head = quantized ? scope.inFloat32() : scope;
  const input = quantized ? scope.toFloat32('text_model.lm_head:float32', hidden) : hidden;
  const logits = projection(head, 'text_model.lm_head', embedding, input);
  head.outputFloat32('logits', logits, [1, 'rows', vocabSize]);
}
