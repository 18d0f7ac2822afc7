import type { Kosmos2Config } from '../kosmos2/config.ts';
import type { Sequence } from '../kosmos2/sequence.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import { type ReadBytes, readRows } from '../tensors/read-weight.ts';
import type { Weight } from '../tensors/weight-index.ts';
import type { EncodedImage } from './image-store.ts';
import { SinusoidalPositions } from './positions.ts';
import { keptReader, storedReader } from './stored-reader.ts';

const EMBEDDING = 'text_model.model.embed_tokens.weight';

/** A sequence with the rows that stand for the images inside it. */
export interface PicturedSequence extends Sequence {
  /** What stands in each span. */
  readonly images: readonly EncodedImage[];
}

/** Makes the decoder's input: (token embedding or image row) * sqrt(embedDim) + position. */
export class HiddenStates {
  readonly #embedding: Weight;
  readonly #read: ReadBytes;
  readonly #positions: SinusoidalPositions;
  readonly #width: number;
  readonly #scale: number;

  /** @param embedding `[vocabSize, embedDim]`, in any encoding: rows are looked up where they are stored */
  constructor(
    embedding: Weight,
    read: ReadBytes,
    { text, positionType }: Pick<Kosmos2Config, 'text' | 'positionType'>,
  ) {
    this.#embedding = embedding;
    this.#read = read;
    this.#positions = new SinusoidalPositions(text.embedDim, positionType);
    this.#width = text.embedDim;
    this.#scale = text.scaleEmbedding ? Math.fround(Math.sqrt(text.embedDim)) : 1;
  }

  /** Hidden states `[end - start, embedDim]` of positions `start` to `end`. */
  of({ ids, imageSpans, images }: PicturedSequence, start: number, end: number): Float32Array {
    const width = this.#width;
    const hidden = readRows(this.#embedding, ids.slice(start, end), this.#read);
    for (const [index, span] of imageSpans.entries()) {
      const from = Math.max(start, span.start);
      const to = Math.min(end, span.start + span.length);
      if (from >= to) continue;
      const { rows } = images[index] as EncodedImage;
      hidden.set(rows.subarray((from - span.start) * width, (to - span.start) * width), (from - start) * width);
    }
    for (let i = 0; i < hidden.length; i++) hidden[i] = (hidden[i] as number) * this.#scale;
    for (let index = start; index < end; index++) {
      const offset = (index - start) * width;
      this.#positions.addTo(hidden.subarray(offset, offset + width), index);
    }
    return hidden;
  }
}

/** Those of a package; its embedding stays in memory, whatever becomes of the rest. @throws AppError PACKAGE_WEIGHT_INVALID */
export function hiddenStatesOf({ weights, shards, config }: ModelPackage): HiddenStates {
  const embedding = weights.get(EMBEDDING);
  if (!embedding) throw new AppError('PACKAGE_WEIGHT_INVALID', `The package has no ${EMBEDDING}. Import it again.`);
  return new HiddenStates(embedding, keptReader(embedding, storedReader(shards)), config);
}
