import { hasCausalProjection } from './causal-projection.ts';
import { JsonFields } from './json-fields.ts';

/** CLIP vision tower. */
export interface VisionConfig {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly imageSize: number;
  readonly patchSize: number;
  readonly channels: number;
  readonly layerNormEps: number;
}

/** Decoder. */
export interface TextConfig {
  readonly vocabSize: number;
  readonly embedDim: number;
  readonly layers: number;
  readonly heads: number;
  readonly ffnDim: number;
  readonly layerNormEps: number;
  readonly maxPositions: number;
  /** Whether embeddings are multiplied by sqrt(embedDim). */
  readonly scaleEmbedding: boolean;
  readonly padTokenId: number;
  readonly bosTokenId: number;
  readonly eosTokenId: number;
}

/** `config.json`, checked. */
export interface Kosmos2Config {
  readonly vision: VisionConfig;
  readonly text: TextConfig;
  /** Image rows the decoder sees per image (64 in the official model). */
  readonly latentQueryNum: number;
  /** Whether latent query i of the image-to-text projection sees keys 0..i only; see causal-projection.ts. */
  readonly causalProjection: boolean;
  /**
   * Type in which the reference holds this checkpoint's table of positions: a model saved by a transformers that writes
   * `dtype` (4.56 on) is run with its buffers in that type.
   */
  readonly positionType: PositionType;
}

export type PositionType = 'float32' | 'float16' | 'bfloat16';

/** Largest layer width accepted, eight times the official model's: its square matrix would still fit one tensor. */
const MAX_WIDTH = 16_384;
const MAX_FFN = 65_536;
const MAX_LAYERS = 256;
/** Largest vocabulary accepted; ids must also fit the int32 that graphs and tokenizers use. */
export const MAX_VOCAB = 1_048_576;
const MAX_POSITIONS = 65_536;
const MAX_IMAGE = 2048;
const MAX_LATENT_QUERIES = 4096;
const HEAD_UNIT = 8;
/** Of `<pad>`, in every KOSMOS-2. */
export const PAD_TOKEN_ID = 1;
/** Fewest positions behind a picture's: its tags, a short question and an answer to it. */
const ROOM_FOR_WORDS = 16;

/**
 * Reads `config.json`; what it leaves out takes the reference's defaults (transformers, configuration_kosmos2.py).
 * @throws Kosmos2Error CONFIG_INVALID naming the field, its value and the limit
 */
export function parseConfig(json: unknown): Kosmos2Config {
  const fields = new JsonFields(json, 'config.json');
  fields.only('model_type', 'kosmos-2');
  const latentQueryNum = fields.integer('latent_query_num', 64, 1, MAX_LATENT_QUERIES);
  const text = parseTextConfig(fields.get('text_config') ?? {}, latentQueryNum);
  const vision = parseVisionConfig(fields.get('vision_config') ?? {});
  const dtype = fields.get('dtype');
  return {
    vision,
    text,
    latentQueryNum,
    causalProjection: hasCausalProjection(fields.get('transformers_version')),
    positionType: dtype === 'float16' || dtype === 'bfloat16' ? dtype : 'float32',
  };
}

function parseTextConfig(json: unknown, latentQueryNum: number): TextConfig {
  const fields = new JsonFields(json, 'config.json: text_config');
  fields.only('activation_function', 'gelu');
  const vocabSize = fields.integer('vocab_size', 65_037, PAD_TOKEN_ID + 1, MAX_VOCAB);
  const embedDim = fields.integer('embed_dim', 2048, 1, MAX_WIDTH);
  // The sinusoidal positions are half sine, half cosine; (half - 1) divides in their frequencies.
  if (embedDim % 2 !== 0 || embedDim < 4) fields.refuse('embed_dim', embedDim, 'must be even and at least 4');
  const heads = fields.integer('attention_heads', 32, 1, MAX_WIDTH);
  requireDivisor(fields, 'attention_heads', heads, 'embed_dim', embedDim);
  // onnxruntime's attention with a cache, GroupQueryAttention, knows no other sizes.
  if ((embedDim / heads) % HEAD_UNIT !== 0) {
    const rule = `must leave heads of a multiple of ${HEAD_UNIT} numbers each of embed_dim (${embedDim})`;
    fields.refuse('attention_heads', heads, rule);
  }
  // The logits are products with the embedding; a matrix of their own would be passed over.
  fields.only('tie_word_embeddings', true);
  // The reference counts positions from the one behind it.
  fields.only('pad_token_id', PAD_TOKEN_ID);
  return {
    vocabSize,
    embedDim,
    heads,
    layers: fields.integer('layers', 24, 1, MAX_LAYERS),
    ffnDim: fields.integer('ffn_dim', 8192, 1, MAX_FFN),
    layerNormEps: fields.positive('layer_norm_eps', 1e-5, 1),
    maxPositions: fields.integer('max_position_embeddings', 2048, latentQueryNum + ROOM_FOR_WORDS, MAX_POSITIONS),
    scaleEmbedding: fields.boolean('scale_embedding', true),
    padTokenId: PAD_TOKEN_ID,
    bosTokenId: fields.integer('bos_token_id', 0, 0, vocabSize - 1),
    eosTokenId: fields.integer('eos_token_id', 2, 0, vocabSize - 1),
  };
}

function parseVisionConfig(json: unknown): VisionConfig {
  const fields = new JsonFields(json, 'config.json: vision_config');
  fields.only('hidden_act', 'quick_gelu');
  fields.only('num_channels', 3);
  const hiddenSize = fields.integer('hidden_size', 1024, 1, MAX_WIDTH);
  const heads = fields.integer('num_attention_heads', 16, 1, MAX_WIDTH);
  requireDivisor(fields, 'num_attention_heads', heads, 'hidden_size', hiddenSize);
  const imageSize = fields.integer('image_size', 224, 1, MAX_IMAGE);
  const patchSize = fields.integer('patch_size', 14, 1, MAX_IMAGE);
  requireDivisor(fields, 'patch_size', patchSize, 'image_size', imageSize);
  return {
    hiddenSize,
    heads,
    imageSize,
    patchSize,
    channels: 3,
    intermediateSize: fields.integer('intermediate_size', 4096, 1, MAX_FFN),
    layers: fields.integer('num_hidden_layers', 24, 1, MAX_LAYERS),
    layerNormEps: fields.positive('layer_norm_eps', 1e-5, 1),
  };
}

function requireDivisor(fields: JsonFields, field: string, value: number, ofField: string, of: number): void {
  if (of % value !== 0) fields.refuse(field, value, `must divide ${ofField} (${of})`);
}
