import type * as Ort from 'onnxruntime-web';
import { buildDecoderGraph, longestRun } from '../../src/graph/decoder-graph.ts';
import { type GraphTarget, layerCacheNames, type OnnxGraph } from '../../src/graph/onnx-graph.ts';
import { buildVisionGraph } from '../../src/graph/vision-graph.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { storedReader } from '../../src/runtime/stored-reader.ts';
import { readRows } from '../../src/tensors/read-weight.ts';

/** The part of onnxruntime's interface that its web and Node builds share. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** What the graphs need of an open package. */
export type ModelWeights = Pick<ModelPackage, 'config' | 'weights' | 'shards'>;

/** Makes a session of a graph whose weights lie in these shards. */
export type CreateSession = (graph: OnnxGraph, shards: ModelPackage['shards']) => Promise<Ort.InferenceSession>;

/** External data of a graph as onnxruntime-web takes it. */
export function externalData(graph: OnnxGraph, shards: ModelPackage['shards']) {
  const read = storedReader(shards);
  return [
    ...graph.files.map((path) => ({ path, data: shards.get(path) as Uint8Array })),
    ...graph.derived.map((data) => ({ path: data.path, data: data.make(read).slice() })),
  ];
}

/** Rows of an image, and the index of the first in the sequence. */
export interface ImageRows {
  readonly start: number;
  readonly rows: Float32Array;
}

/** The two graphs of a model in sessions, driven in the plainest way: every present is fed back as the next past. */
export class GraphModel {
  readonly #ort: OrtModule;
  readonly #model: ModelWeights;
  readonly #target: GraphTarget;
  readonly vision: Ort.InferenceSession;
  readonly decoder: Ort.InferenceSession;
  /** For references that keep their table of positions in a 16-bit type. */
  roundPosition: (value: number) => number = Math.fround;
  #past: Record<string, Ort.Tensor> = {};
  #length = 0;

  private constructor(
    ort: OrtModule,
    model: ModelWeights,
    target: GraphTarget,
    vision: Ort.InferenceSession,
    decoder: Ort.InferenceSession,
  ) {
    this.#ort = ort;
    this.#model = model;
    this.#target = target;
    this.vision = vision;
    this.decoder = decoder;
    this.reset();
  }

  static async create(ort: OrtModule, model: ModelWeights, target: GraphTarget, create: CreateSession) {
    const { config, weights, shards } = model;
    const vision = await create(buildVisionGraph(config, weights, target), shards);
    const decoder = await create(buildDecoderGraph(config, weights, target), shards);
    return new GraphModel(ort, model, target, vision, decoder);
  }

  async encodeImage(pixels: Float32Array): Promise<Float32Array> {
    const { channels, imageSize } = this.#model.config.vision;
    const pixel_values = new this.#ort.Tensor('float32', pixels, [1, channels, imageSize, imageSize]);
    const { image_embeds } = await this.vision.run({ pixel_values });
    return (image_embeds as Ort.Tensor).data as Float32Array;
  }

  /** Forgets the sequence. */
  reset(): void {
    this.rewind(0);
    const { layers, heads, embedDim } = this.#model.config.text;
    const empty = () =>
      this.#target.activation === 'f32'
        ? new this.#ort.Tensor('float32', new Float32Array(0), [1, heads, 0, embedDim / heads])
        : new this.#ort.Tensor('float16', new Uint16Array(0), [1, heads, 0, embedDim / heads]);
    for (let layer = 0; layer < layers; layer += 1) {
      const { pastKey, pastValue } = layerCacheNames(layer);
      this.#past[pastKey] = empty();
      this.#past[pastValue] = empty();
    }
  }

  /** Goes back to a shorter sequence; what the cache holds behind it must not matter. */
  rewind(length: number): void {
    this.#length = length;
  }

  /** Embeddings (image rows in their place), scaled, with sinusoidal positions from 2 on: `[ids.length, embedDim]`. */
  hidden(ids: readonly number[], start: number, images: readonly ImageRows[]): Float32Array {
    const { text } = this.#model.config;
    const { embedDim } = text;
    const embedding = this.#model.weights.get('text_model.model.embed_tokens.weight');
    if (!embedding) throw new Error('no embedding');
    const hidden = readRows(embedding, ids, storedReader(this.#model.shards));
    for (const image of images) {
      for (let row = 0; row < image.rows.length / embedDim; row += 1) {
        const at = image.start + row - start;
        if (at < 0 || at >= ids.length) continue;
        hidden.set(image.rows.subarray(row * embedDim, (row + 1) * embedDim), at * embedDim);
      }
    }
    const half = embedDim / 2;
    for (let row = 0; row < ids.length; row += 1) {
      for (let column = 0; column < embedDim; column += 1) {
        const angle = (start + row + 2) * Math.exp((-(column % half) * Math.log(10000)) / (half - 1));
        const position = column < half ? Math.sin(angle) : Math.cos(angle);
        const at = row * embedDim + column;
        hidden[at] =
          (hidden[at] as number) * (text.scaleEmbedding ? Math.sqrt(embedDim) : 1) + this.roundPosition(position);
      }
    }
    return hidden;
  }

  /** Runs the next positions; logits of the wanted ones (the last by default), one row after another. */
  async run(
    ids: readonly number[],
    images: readonly ImageRows[] = [],
    { padding = 0, wanted = [ids.length - 1] }: { padding?: number; wanted?: readonly number[] } = {},
  ): Promise<Float32Array> {
    const { Tensor } = this.#ort;
    const { embedDim, layers } = this.#model.config.text;
    const rows = ids.length + padding;
    const hidden = new Float32Array(rows * embedDim);
    hidden.set(this.hidden(ids, this.#length, images));
    const total = this.#length + rows;
    const outputs = await this.decoder.run({
      hidden_states: new Tensor('float32', hidden, [1, rows, embedDim]),
      seqlens_k: new Tensor('int32', Int32Array.of(total - 1), [1]),
      total_sequence_length: new Tensor('int32', Int32Array.of(total), [1]),
      logits_index: new Tensor('int32', Int32Array.from(wanted), [wanted.length]),
      ...this.#past,
    });
    for (let layer = 0; layer < layers; layer += 1) {
      const names = layerCacheNames(layer);
      this.#past[names.pastKey] = outputs[names.presentKey] as Ort.Tensor;
      this.#past[names.pastValue] = outputs[names.presentValue] as Ort.Tensor;
    }
    this.#length += ids.length;
    return (outputs.logits as Ort.Tensor).data as Float32Array;
  }

  /** Runs a prompt in as many pieces as the graph needs; logits of its last position. */
  async prefill(ids: readonly number[], images: readonly ImageRows[] = []): Promise<Float32Array> {
    const step = Math.min(ids.length, longestRun(this.#target));
    let logits: Float32Array = new Float32Array(0);
    for (let start = 0; start < ids.length; start += step) {
      logits = await this.run(ids.slice(start, start + step), images);
    }
    return logits;
  }

  /** Greedy continuation after the logits of a prompt, as the reference makes it: no n-gram twice, ending at eos. */
  async greedy(prompt: readonly number[], first: Float32Array, steps: number, ngram: number): Promise<number[]> {
    const ids = [...prompt];
    let logits = first;
    while (ids.length - prompt.length < steps) {
      const next = argmax(logits, ngram > 0 ? repeats(ids, ngram) : new Set());
      ids.push(next);
      if (next === this.#model.config.text.eosTokenId || ids.length - prompt.length === steps) break;
      logits = await this.run([next]);
    }
    return ids.slice(prompt.length);
  }

  async release(): Promise<void> {
    await this.vision.release();
    await this.decoder.release();
  }
}

/** Index of the largest value not in `banned`. */
export function argmax(values: Float32Array, banned: ReadonlySet<number> = new Set()): number {
  let best = -1;
  for (let i = 0; i < values.length; i += 1) {
    if (banned.has(i)) continue;
    if (best < 0 || (values[i] as number) > (values[best] as number)) best = i;
  }
  return best;
}

/** Tokens that would complete an n-gram the sequence already holds. */
function repeats(ids: readonly number[], n: number): Set<number> {
  const banned = new Set<number>();
  const tail = ids.slice(ids.length - n + 1).join();
  for (let i = 0; i + n <= ids.length; i += 1) {
    if (ids.slice(i, i + n - 1).join() === tail) banned.add(ids[i + n - 1] as number);
  }
  return banned;
}

/** Largest difference, as a part of the range of `expected`. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < expected.length; i += 1) {
    const value = expected[i] as number;
    low = Math.min(low, value);
    high = Math.max(high, value);
    error = Math.max(error, Math.abs((actual[i] ?? Number.NaN) - value));
  }
  return error / (high - low);
}
