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
}

/** `preprocessor_config.json`, checked: stretch to `size` x `size`, then (value / 255 - mean) / std per channel. */
export interface PreprocessorConfig {
  readonly size: number;
  readonly rescaleFactor: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** `generation_config.json`, checked; what it leaves out has the reference's default. */
export interface GenerationConfig {
  readonly maxNewTokens: number;
  readonly noRepeatNgramSize: number;
}
