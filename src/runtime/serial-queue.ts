/**
 * Runs tasks one after the other. onnxruntime-web hangs when two sessions run at once (or one is created while another
 * runs), so everything that touches it goes through one queue.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` once everything queued before it has ended, whether well or not. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Waits for its turn and holds it until the returned function is called. */
  enter(): Promise<() => void> {
    return new Promise((entered) => {
      void this.run(() => new Promise<void>((leave) => entered(leave)));
    });
  }
}
