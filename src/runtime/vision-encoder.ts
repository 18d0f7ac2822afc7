import type { Kosmos2Config } from '../kosmos2/config.ts';
import type { Backend } from './backend.ts';
import type { OrtTensor, Session } from './ort.ts';
import type { SerialQueue } from './serial-queue.ts';
import { runSession } from './session.ts';

/** The vision tower and its projection: pixels in, the rows that stand for the image in the decoder out. */
export class VisionEncoder {
  readonly #backend: Backend;
  readonly #session: Session;
  readonly #config: Kosmos2Config;
  readonly #queue: SerialQueue;

  constructor(backend: Backend, session: Session, config: Kosmos2Config, queue: SerialQueue) {
    this.#backend = backend;
    this.#session = session;
    this.#config = config;
    this.#queue = queue;
  }

  /**
   * @param pixelValues `[3, imageSize, imageSize]`, normalised
   * @returns `[latentQueryNum, embedDim]`
   * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
   */
  async encode(pixelValues: Float32Array): Promise<Float32Array> {
    const { channels, imageSize } = this.#config.vision;
    const input = new this.#backend.ort.Tensor('float32', pixelValues, [1, channels, imageSize, imageSize]);
    const { image_embeds } = await runSession(this.#session, this.#queue, { pixel_values: input });
    return Float32Array.from((image_embeds as OrtTensor).data as Float32Array);
  }

  dispose(): Promise<void> {
    return this.#queue.run(() => this.#session.release());
  }
}
