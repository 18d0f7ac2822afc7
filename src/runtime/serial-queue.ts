import { orStopped } from '../protocol/or-stopped.ts';

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

  /**
   * Waits for its turn and holds it until the returned function is called. Once `signal` has aborted it waits no longer and
   * may have no turn: whoever passes one looks at it first.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    const turn = new Promise<() => void>((entered) => {
      void this.run(() => new Promise<void>((leave) => entered(leave)));
    });
    if (!signal) return turn;
    return orStopped(turn, signal).catch(() => {
      void turn.then((leave) => leave());
      return () => {};
    });
  }
}
