import type { ImageSpan } from '../kosmos2/sequence.ts';
import { AppError } from '../protocol/errors.ts';
import type { VisionEncoder } from './vision-encoder.ts';

/** Most images kept at once; a full-size one weighs 0.6 MB until it is encoded and 0.5 MB after. */
const MAX_IMAGES = 256;

/** A picture as the decoder reads it. */
export interface EncodedImage {
  /** Unique to this picture, also when its id is given to another one. */
  readonly key: string;
  /** `[latentQueryNum, embedDim]`. */
  readonly rows: Float32Array;
}

interface StoredImage {
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

  /**
   * The pictures of a request as they are now: it goes on with them, whatever is set or dropped here meanwhile.
   * @throws AppError IMAGE_UNKNOWN
   */
  taken(spans: readonly Pick<ImageSpan, 'image'>[]): ImageStore {
    const taken = new ImageStore();
    for (const { image } of spans) taken.#images.set(image, this.#get(image));
    return taken;
  }

  isEncoded(image: string): boolean {
    return this.#get(image).rows !== null;
  }

  /** The picture that is under this id now, whatever is set there meanwhile. @throws AppError IMAGE_UNKNOWN, and what `encode` throws */
  async encoded(image: string, encoder: VisionEncoder): Promise<EncodedImage> {
    const stored = this.#get(image);
    stored.rows ??= await encoder.encode(stored.pixelValues as Float32Array);
    stored.pixelValues = null;
    return { key: stored.key, rows: stored.rows };
  }

  #get(image: string): StoredImage {
    const stored = this.#images.get(image);
    if (stored) return stored;
    throw new AppError('IMAGE_UNKNOWN', `The prompt names an image "${image}" that was not set. Set the image first.`, {
      image,
    });
  }
}
