import type { Prompt } from '../kosmos2/prompt.ts';
import type { ImageInfo } from './messages.ts';
import { NewestOnly } from './newest-only.ts';
import { isLoss, type WorkerCalls } from './worker-calls.ts';

/** The images a worker was given, so that the next one gets them too. */
export class GivenImages {
  readonly #calls: WorkerCalls;
  readonly #blobs = new Map<string, Blob>();
  readonly #newest = new NewestOnly();
  /** Those that this worker would not take. */
  readonly #refused = new Set<string>();

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Gives the worker an image, and keeps it for the next. @throws AppError of the image or of the worker */
  async set(image: string, blob: Blob): Promise<ImageInfo> {
    const give = () => this.#give(image, blob);
    return this.#newest.run(image, give, () => this.#blobs.set(image, blob));
  }

  drop(image: string): void {
    this.#newest.end(image);
    this.#blobs.delete(image);
  }

  clear(): void {
    this.#blobs.clear();
  }

  /** Gives a fresh worker all of them. One that can no longer be read, a file that has changed say, keeps back no other. */
  async giveAll(): Promise<void> {
    this.#refused.clear();
    for (const [image, blob] of this.#blobs) {
      try {
        await this.#give(image, blob);
      } catch (thrown) {
        if (isLoss(thrown)) throw thrown;
        this.#refused.add(image);
      }
    }
  }

  /** Tries those once more that a prompt shows and the worker would not take. @throws AppError why it still does not */
  async giveRefused(prompt: Prompt): Promise<void> {
    for (const segment of prompt) {
      const image = segment.kind === 'image' && this.#refused.has(segment.image) ? segment.image : null;
      const blob = image === null ? undefined : this.#blobs.get(image);
      if (image !== null && blob) await this.#give(image, blob);
    }
  }

  async #give(image: string, blob: Blob): Promise<ImageInfo> {
    const { info } = await this.#calls.call({ type: 'set-image', image, blob }, 'image-set');
    this.#refused.delete(image);
    return info;
  }
}
