import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { AppError } from '../protocol/errors.ts';
import type { GenerationRequest, GenerationResult } from '../protocol/generation.ts';
import type { Engine } from '../runtime/engine.ts';
import type { RgbImage } from '../runtime/image/pixels.ts';
import { decodeImageFile } from './decode-image.ts';

/** Whether what is written so far is all that was wanted. */
export type Enough = (grounded: GroundedText) => boolean;

/** What answers: pictures are set under ids, and requests name them. */
export interface AnsweringEngine {
  setImage(image: string, picture: RgbImage): void;
  dropImage(image: string): void;
  /** @param enough where it holds, the answer may end (finish `cancelled`) */
  answer(request: GenerationRequest, enough?: Enough): Promise<GenerationResult>;
  dispose(): Promise<void>;
}

/** Size of a picture in pixels, as it is shown. */
export type PictureSize = Pick<RgbImage, 'width' | 'height'>;

/** An answer, and the picture it is about. */
export type GroundingResult = GenerationResult & { readonly picture: PictureSize | null };

/** A picture file in use: by how many requests, and when it is decoded. */
interface OpenPicture {
  users: number;
  readonly ready: Promise<PictureSize>;
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
   * @param enough see AnsweringEngine
   * @throws AppError IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE, and what `Engine.generate` throws
   */
  async answer(
    image: string | null,
    prompt: string | Prompt,
    options: Partial<DecodingOptions>,
    enough?: Enough,
  ): Promise<GroundingResult> {
    const pieces: Prompt = typeof prompt === 'string' ? [{ kind: 'raw', text: prompt }] : prompt;
    if (image === null) return { ...(await this.#engine.answer({ prompt: pieces, options }, enough)), picture: null };
    const picture = this.#open(image);
    try {
      const size = await picture.ready;
      const request = { prompt: [{ kind: 'image', image } as const, ...pieces], options };
      return { ...(await this.#engine.answer(request, enough)), picture: size };
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

  async #decode(image: string): Promise<PictureSize> {
    try {
      const picture = await decodeImageFile(image);
      this.#engine.setImage(image, picture);
      return { width: picture.width, height: picture.height };
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
    async answer(request, enough) {
      const stop = new AbortController();
      for await (const event of engine.generate(request, stop.signal)) {
        if (event.type === 'result') return event.result;
        if (event.type === 'token' && enough?.(event.grounded)) stop.abort();
      }
      throw new AppError('INTERNAL', 'The model ended without a result.');
    },
  };
}
