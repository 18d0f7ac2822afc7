import { AppError } from '../protocol/errors.ts';
import type { VisionEncoder } from './vision-encoder.ts';

/** Most images kept at once; a full-size one weighs 0.6 MB until it is encoded and 0.5 MB after. */
const MAX_IMAGES = 256;

interface StoredImage {
  /** Unique to this picture, also when its id is given to another one. */
  readonly key: string;
  /** `[3, imageSize, imageSize]`, dropped once encoded. */
  pixelValues: Float32Array | null;
  /** `[latentQueryNum, embedDim]`. */
  rows: Float32Array | null;
}

/** The images a page has set, by its ids; each is encoded once, when a prompt first needs it. */
export class ImageStore {
  readonly #images = new Map<string, StoredImage>();
  #version = 0;

  /** @throws AppError IMAGE_LIMIT */
  set(image: string, pixelValues: Float32Array): void {
    if (!this.#images.has(image) && this.#images.size >= MAX_IMAGES) {
      throw new AppError('IMAGE_LIMIT', `${MAX_IMAGES} images are open, the most there can be. Remove one first.`, {
        limit: MAX_IMAGES,
      });
    }
    this.#images.set(image, { key: `${image}@${++this.#version}`, pixelValues, rows: null });
  }

  drop(image: string): void {
    this.#images.delete(image);
  }

  /** Name of the picture now under this id. @throws AppError IMAGE_UNKNOWN */
  key(image: string): string {
    return this.#get(image).key;
  }

  isEncoded(image: string): boolean {
    return this.#get(image).rows !== null;
  }

  /** The image's rows for the decoder, `[latentQueryNum, embedDim]`. */
  async rows(image: string, encoder: VisionEncoder): Promise<Float32Array> {
    const stored = this.#get(image);
    stored.rows ??= await encoder.encode(stored.pixelValues as Float32Array);
    stored.pixelValues = null;
    return stored.rows;
  }

  #get(image: string): StoredImage {
    const stored = this.#images.get(image);
    if (stored) return stored;
    throw new AppError('IMAGE_UNKNOWN', `The prompt names an image "${image}" that was not set. Set the image first.`, {
      image,
    });
  }
}
