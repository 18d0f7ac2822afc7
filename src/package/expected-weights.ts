import type { Kosmos2Config } from '../kosmos2/config.ts';
import type { TensorGroup } from './manifest.ts';

/** A weight every KOSMOS-2 checkpoint has. */
export interface ExpectedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly group: TensorGroup;
}

type Weights = Generator<ExpectedWeight, void, void>;

/** Tensors some checkpoints hold that are not weights of their own: the tied output matrix and computed buffers. */
const UNUSED: ReadonlySet<string> = new Set([
  'text_model.lm_head.weight',
  'text_model.model.embed_positions.weights',
  'vision_model.model.embeddings.position_ids',
]);

/** Whether a checkpoint may hold this tensor although nothing reads it. */
export function isUnusedTensor(name: string): boolean {
  return UNUSED.has(name);
}

/**
 * Every weight of a checkpoint in the order of the forward pass, named as in the state dict of transformers'
 * Kosmos2ForConditionalGeneration (`pre_layrnorm` is its spelling). A generator, so that a config that claims a billion
 * layers fails at the first one missing.
 */
export function* expectedWeights(config: Kosmos2Config): Weights {
  yield* visionWeights(config);
  yield* projectionWeights(config);
  yield* decoderWeights(config);
}

function* visionWeights({ vision }: Kosmos2Config): Weights {
  const { hiddenSize, intermediateSize, patchSize, channels } = vision;
  const model = 'vision_model.model';
  const patches = Math.floor(vision.imageSize / patchSize) ** 2;
  yield { name: `${model}.embeddings.class_embedding`, shape: [hiddenSize], group: 'float' };
  const kernel = [hiddenSize, channels, patchSize, patchSize];
  yield { name: `${model}.embeddings.patch_embedding.weight`, shape: kernel, group: 'float' };
  const positions = [patches + 1, hiddenSize];
  yield { name: `${model}.embeddings.position_embedding.weight`, shape: positions, group: 'float' };
  yield* norm(`${model}.pre_layrnorm`, hiddenSize);
  for (let layer = 0; layer < vision.layers; layer++) {
    const path = `${model}.encoder.layers.${layer}`;
    yield* norm(`${path}.layer_norm1`, hiddenSize);
    yield* attention(`${path}.self_attn`, hiddenSize, 'vision');
    yield* norm(`${path}.layer_norm2`, hiddenSize);
    yield* linear(`${path}.mlp.fc1`, intermediateSize, hiddenSize, 'vision');
    yield* linear(`${path}.mlp.fc2`, hiddenSize, intermediateSize, 'vision');
  }
  yield* norm(`${model}.post_layernorm`, hiddenSize);
}

function* projectionWeights({ vision, text, latentQueryNum }: Kosmos2Config): Weights {
  const path = 'image_to_text_projection';
  yield* linear(`${path}.dense`, text.embedDim, vision.hiddenSize, 'projection');
  yield { name: `${path}.latent_query`, shape: [latentQueryNum, text.embedDim], group: 'float' };
  yield* attention(`${path}.x_attn`, text.embedDim, 'projection');
}

function* decoderWeights({ text }: Kosmos2Config): Weights {
  const { embedDim, ffnDim } = text;
  const model = 'text_model.model';
  yield { name: `${model}.embed_tokens.weight`, shape: [text.vocabSize, embedDim], group: 'embedding' };
  for (let layer = 0; layer < text.layers; layer++) {
    const path = `${model}.layers.${layer}`;
    yield* norm(`${path}.self_attn_layer_norm`, embedDim);
    yield* attention(`${path}.self_attn`, embedDim, 'decoder');
    yield* norm(`${path}.self_attn.inner_attn_ln`, embedDim);
    yield* norm(`${path}.final_layer_norm`, embedDim);
    yield* linear(`${path}.ffn.fc1`, ffnDim, embedDim, 'decoder');
    yield* norm(`${path}.ffn.ffn_layernorm`, ffnDim);
    yield* linear(`${path}.ffn.fc2`, embedDim, ffnDim, 'decoder');
  }
  yield* norm(`${model}.layer_norm`, embedDim);
}

function* norm(path: string, size: number): Weights {
  yield { name: `${path}.weight`, shape: [size], group: 'float' };
  yield { name: `${path}.bias`, shape: [size], group: 'float' };
}

function* linear(path: string, outputs: number, inputs: number, group: TensorGroup): Weights {
  yield { name: `${path}.weight`, shape: [outputs, inputs], group };
  yield { name: `${path}.bias`, shape: [outputs], group: 'float' };
}

function* attention(path: string, size: number, group: TensorGroup): Weights {
  for (const name of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) yield* linear(`${path}.${name}`, size, size, group);
}
