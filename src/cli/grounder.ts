import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { AppError } from '../protocol/errors.ts';
import type { GenerationRequest, GenerationResult } from '../protocol/generation.ts';
import type { Engine } from '../runtime/engine.ts';
import type { RgbImage } from '../runtime/image/pixels.ts';
import { decodeImageFile } from './decode-image.ts';

/** What answers: pictures are set under ids, and requests name them. */
export interface AnsweringEngine {
  setImage(image: string, picture: RgbImage): void;
  dropImage(image: string): void;
  answer(request: GenerationRequest): Promise<GenerationResult>;
  dispose(): Promise<void>;
}

/** A picture file in use: by how many requests, and when it is decoded. */
interface OpenPicture {
  users: number;
  readonly ready: Promise<void>;
}

/** Answers prompts about picture files; a picture that is asked about again right away is decoded and encoded once. */
export class Grounder {
  /** Requests it decodes at once. */
  readonly atOnce: number;
  readonly #engine: AnsweringEngine;
  readonly #pictures = new Map<string, OpenPicture>();

  constructor(engine: AnsweringEngine, atOnce: number) {
    this.#engine = engine;
    this.atOnce = atOnce;
  }

  /**
   * @param image picture file, or null
   * @param prompt what stands behind the picture: raw text, or typed pieces
   * @throws AppError IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE, and what `Engine.generate` throws
   */
  async answer(
    image: string | null,
    prompt: string | Prompt,
    options: Partial<DecodingOptions>,
  ): Promise<GenerationResult> {
    const pieces: Prompt = typeof prompt === 'string' ? [{ kind: 'raw', text: prompt }] : prompt;
    if (image === null) return this.#engine.answer({ prompt: pieces, options });
    const picture = this.#open(image);
    try {
      await picture.ready;
      return await this.#engine.answer({ prompt: [{ kind: 'image', image }, ...pieces], options });
    } finally {
      picture.users -= 1;
    }
  }

  dispose(): Promise<void> {
    return this.#engine.dispose();
  }

  #open(image: string): OpenPicture {
    let picture = this.#pictures.get(image);
    if (!picture) {
      this.#dropUnused();
      picture = { users: 0, ready: this.#decode(image) };
      this.#pictures.set(image, picture);
    }
    picture.users += 1;
    return picture;
  }

  async #decode(image: string): Promise<void> {
    try {
      this.#engine.setImage(image, await decodeImageFile(image));
    } catch (thrown) {
      this.#pictures.delete(image);
      throw thrown;
    }
  }

  #dropUnused(): void {
    for (const [image, { users }] of this.#pictures) {
      if (users > 0) continue;
      this.#pictures.delete(image);
      this.#engine.dropImage(image);
    }
  }
}

/** An engine that answers one request after the other. */
export function oneByOne(engine: Engine): AnsweringEngine {
  return {
    setImage: (image, picture) => engine.setImage(image, picture),
    dropImage: (image) => engine.dropImage(image),
    dispose: () => engine.dispose(),
    async answer(request) {
      for await (const event of engine.generate(request)) if (event.type === 'result') return event.result;
      throw new AppError('INTERNAL', 'The model ended without a result.');
    },
  };
}
