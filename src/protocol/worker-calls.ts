import type { CaptureReport } from './capture.ts';
import { AppError, fromWire, toAppError } from './errors.ts';
import { Listeners } from './listeners.ts';
import type { Reply, Request } from './messages.ts';
import { notStarted } from './not-started.ts';
import type { SelfTestReport } from './self-test.ts';
import { WorkerLink } from './worker-link.ts';

type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;
export type Call = WithoutId<Request>;

/** A request under way: where its replies go. */
interface Pending {
  reply(reply: Reply): void;
  fail(error: AppError): void;
}

/** Ways to lose a worker: it died, or its GPU or its memory did and it is not to be mended. */
const LOSSES: ReadonlySet<string> = new Set(['WORKER_LOST', 'DEVICE_LOST', 'OUT_OF_MEMORY']);

/** Whether a failure cost the worker. */
export function isLoss(thrown: unknown): boolean {
  return LOSSES.has(toAppError(thrown).code);
}

/** Requests to a worker and what it replies. The worker starts with the first call, and after a loss with the next one. */
export class WorkerCalls {
  readonly lost = new Listeners();
  readonly selfTested = new Listeners<SelfTestReport>();
  readonly captured = new Listeners<CaptureReport>();
  readonly #createWorker: () => Worker;
  readonly #pending = new Map<number, Pending>();
  #link: WorkerLink | null = null;
  #lastId = 0;
  #disposed = false;

  constructor(createWorker: () => Worker) {
    this.#createWorker = createWorker;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /**
   * Sends a call.
   * @param final which reply ends it; every other goes to `onReply`
   * @throws AppError the worker's own; WORKER_LOST; ENGINE_NOT_READY once disposed of
   */
  call<T extends Reply['type']>(
    message: Call,
    final: T,
    onReply?: (reply: Reply) => void,
    signal?: AbortSignal,
  ): Promise<Extract<Reply, { type: T }>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = () => this.#link?.post({ type: 'cancel', target: id });
      const settle = () => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      this.#pending.set(id, {
        reply(reply) {
          if (reply.type !== final) return onReply?.(reply);
          settle();
          resolve(reply as Extract<Reply, { type: T }>);
        },
        fail(error) {
          settle();
          reject(error);
        },
      });
      try {
        this.#connect().post({ ...message, id } as Request);
        signal?.addEventListener('abort', cancel, { once: true });
        if (signal?.aborted) cancel();
      } catch (thrown) {
        this.#pending.get(id)?.fail(toAppError(thrown));
      }
    });
  }

  /** Ends the worker for good; what is under way ends as stopped, for nothing was lost. */
  dispose(): void {
    this.#disposed = true;
    this.#end(new AppError('CANCELLED', 'Stopped: the engine was disposed of.'));
  }

  #connect(): WorkerLink {
    if (this.#disposed) throw new AppError('ENGINE_NOT_READY', 'This engine was disposed of. Create another one.');
    this.#link ??= new WorkerLink(
      this.#createWorker,
      (reply) => this.#hear(reply),
      (started) => this.#lose(started),
    );
    return this.#link;
  }

  #hear(reply: Reply): void {
    switch (reply.type) {
      case 'hello':
      case 'sent':
        break;
      case 'self-tested':
        this.selfTested.tell(reply.report);
        break;
      case 'captured':
        this.captured.tell(reply.report);
        break;
      case 'failed': {
        const error = fromWire(reply.error);
        const request = this.#pending.get(reply.id);
        request?.fail(error);
        // A worker whose GPU device is gone cannot be mended from within: start over with a fresh one.
        if (request && isLoss(error)) this.#lose();
        break;
      }
      default:
        this.#pending.get(reply.id)?.reply(reply);
    }
  }

  #lose(started = true): void {
    if (!this.#link) return;
    this.#end(started ? stopped() : notStarted('inference'));
    this.lost.tell();
  }

  #end(error: AppError): void {
    this.#link?.terminate();
    this.#link = null;
    for (const request of [...this.#pending.values()]) request.fail(error);
    this.#pending.clear();
  }
}

function stopped(): AppError {
  return new AppError(
    'WORKER_LOST',
    'The part of the page that runs the model stopped (often for lack of memory). Nothing is lost: ask again and it starts anew.',
  );
}
