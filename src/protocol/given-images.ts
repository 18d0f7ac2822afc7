import type { Prompt } from '../kosmos2/prompt.ts';
import type { ImageInfo } from './messages.ts';
import { NewestOnly } from './newest-only.ts';
import { isLoss, type WorkerCalls } from './worker-calls.ts';

/** The images a worker was given, so that the next one gets those that are asked about too. */
export class GivenImages {
  readonly #calls: WorkerCalls;
  readonly #blobs = new Map<string, Blob>();
  readonly #newest = new NewestOnly();
  /** Those that this worker does not have. */
  readonly #missing = new Set<string>();
  /** Those that are being set: the end of what is under way for each, which fails only where the worker is lost. */
  readonly #setting = new Map<string, Promise<unknown>>();
  /** Counts the models that were asked for. */
  #models = 0;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Gives the worker an image, and keeps it for the next. @throws AppError of the image or of the worker, CANCELLED */
  async set(image: string, blob: Blob, signal?: AbortSignal): Promise<ImageInfo> {
    const give = async (): Promise<ImageInfo> => {
      const models = this.#models;
      const info = await this.#give(image, blob, signal);
      // Only the model before may have it where another was asked for meanwhile.
      return models === this.#models ? info : give();
    };
    const setting = this.#newest.run(image, give, () => this.#blobs.set(image, blob));
    this.#noteSetting(image, setting);
    return setting;
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

  /** Whether a prompt shows any that the worker does not have. */
  lacks(prompt: Prompt): boolean {
    return prompt.some((segment) => segment.kind === 'image' && this.#missing.has(segment.image));
  }

  /** Gives the worker those that a prompt shows and it does not have. @throws AppError of an image that cannot be read any more, of the worker */
  async giveMissing(prompt: Prompt): Promise<void> {
    for (const segment of prompt) if (segment.kind === 'image') await this.#giveIfMissing(segment.image);
  }

  async #giveIfMissing(image: string): Promise<void> {
    // The worker keeps what was sent last: behind the new picture the one before would take its place.
    while (this.#missing.has(image) && this.#setting.has(image)) await this.#setting.get(image);
    const blob = this.#missing.has(image) ? this.#blobs.get(image) : undefined;
    if (blob) await this.#give(image, blob);
  }

  #noteSetting(image: string, setting: Promise<unknown>): void {
    const unlessLost = setting.catch((thrown) => {
      if (isLoss(thrown)) throw thrown;
    });
    const underWay = Promise.all([this.#setting.get(image), unlessLost]);
    const end = () => {
      if (this.#setting.get(image) === underWay) this.#setting.delete(image);
    };
    this.#setting.set(image, underWay);
    underWay.then(end, end);
  }

  async #give(image: string, blob: Blob, signal?: AbortSignal): Promise<ImageInfo> {
    const { info } = await this.#calls.call({ type: 'set-image', image, blob }, 'image-set', undefined, signal);
    this.#missing.delete(image);
    return info;
  }
}
