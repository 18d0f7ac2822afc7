import type { Prompt } from '../kosmos2/prompt.ts';
import type { ImageInfo } from './messages.ts';
import { NewestOnly } from './newest-only.ts';
import type { WorkerCalls } from './worker-calls.ts';

/** The images a worker was given, so that the next one gets those that are asked about too. */
export class GivenImages {
  readonly #calls: WorkerCalls;
  readonly #blobs = new Map<string, Blob>();
  readonly #newest = new NewestOnly();
  /** Those that this worker does not have. */
  readonly #missing = new Set<string>();
  /** Counts the models that were asked for. */
  #models = 0;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Gives the worker an image, and keeps it for the next. @throws AppError of the image or of the worker */
  async set(image: string, blob: Blob): Promise<ImageInfo> {
    const give = async (): Promise<ImageInfo> => {
      const models = this.#models;
      const info = await this.#give(image, blob);
      // Only the model before may have it where another was asked for meanwhile.
      return models === this.#models ? info : give();
    };
    return this.#newest.run(image, give, () => this.#blobs.set(image, blob));
  }

  drop(image: string): void {
    this.#newest.end(image);
    this.#blobs.delete(image);
  }

  /** Forgets them all: a model that is opened begins without. */
  clear(): void {
    this.#models += 1;
    this.#blobs.clear();
    this.#missing.clear();
  }

  /** A fresh worker has none of them. */
  lose(): void {
    for (const image of this.#blobs.keys()) this.#missing.add(image);
  }

  /** Gives the worker those that a prompt shows and it does not have. @throws AppError of an image that cannot be read any more */
  async giveMissing(prompt: Prompt): Promise<void> {
    for (const segment of prompt) {
      const image = segment.kind === 'image' && this.#missing.has(segment.image) ? segment.image : null;
      const blob = image === null ? undefined : this.#blobs.get(image);
      if (image !== null && blob) await this.#give(image, blob);
    }
  }

  async #give(image: string, blob: Blob): Promise<ImageInfo> {
    const { info } = await this.#calls.call({ type: 'set-image', image, blob }, 'image-set');
    this.#missing.delete(image);
    return info;
  }
}
