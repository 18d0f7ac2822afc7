import { AppError, fromWire } from './errors.ts';
import type {
  CheckpointSource,
  ImporterCall,
  ImporterReply,
  ImporterRequest,
  ImporterResults,
  ImportSettings,
  PackageSource,
  StoredPackage,
  TransferProgress,
} from './importer-messages.ts';
import { notStarted } from './not-started.ts';

export interface TransferOptions {
  /** Stops; what is finished stays, and the same call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Another window works on this model: the call waits for it and then takes over what it left. */
  readonly onWaiting?: (() => void) | undefined;
}

/** The page's side of the worker that keeps models. Every failure is an AppError. */
export interface ImporterClient {
  /** Makes a model of a checkpoint and stores it. Call it from a person's gesture: it asks for storage that lasts. */
  importCheckpoint(
    source: CheckpointSource,
    settings: ImportSettings,
    options?: TransferOptions,
  ): Promise<StoredPackage>;
  /** Stores a ready model. Call it from a person's gesture. */
  copyPackage(source: PackageSource, name: string, options?: TransferOptions): Promise<StoredPackage>;
  list(): Promise<readonly StoredPackage[]>;
  /** Reads everything; answers with the names of damaged files. */
  verify(name: string, options?: TransferOptions): Promise<readonly string[]>;
  /** Deletes a model, finished or not. */
  remove(name: string): Promise<void>;
  /** Writes a model into a folder of its name, inside one the person has chosen. */
  exportTo(name: string, folder: FileSystemDirectoryHandle, options?: TransferOptions): Promise<void>;
  /** Ends the worker; what is finished stays. */
  dispose(): void;
}

interface Pending {
  reply(reply: Exclude<ImporterReply, { type: 'sent' }>): void;
  fail(error: AppError): void;
}

/** An ImporterClient over a worker made by `createWorker` (an entry point like `workers/importer.ts`). */
export function createImporterClient(createWorker: () => Worker): ImporterClient {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let lastId = 0;

  function end(error: AppError): void {
    worker?.terminate();
    worker = null;
    for (const one of [...pending.values()]) one.fail(error);
  }

  function connect(): Worker {
    if (worker) return worker;
    worker = createWorker();
    let started = false;
    worker.addEventListener('message', ({ data }: MessageEvent<ImporterReply>) => {
      started = true;
      if (data.type !== 'sent') pending.get(data.id)?.reply(data);
    });
    worker.addEventListener('error', () => {
      const message = 'The part of the page that stores models stopped. What is finished stays: start again to go on.';
      end(started ? new AppError('WORKER_LOST', message, { what: 'models' }) : notStarted('importer'));
    });
    return worker;
  }

  function call<T extends ImporterCall['type']>(
    request: Extract<ImporterCall, { type: T }>,
    { signal, onProgress, onWaiting }: TransferOptions = {},
  ): Promise<ImporterResults[T]> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const post = (message: ImporterRequest) => connect().postMessage(message);
      const stop = () => post({ type: 'stop', target: id });
      const settle = () => {
        pending.delete(id);
        signal?.removeEventListener('abort', stop);
      };
      pending.set(id, {
        reply(reply) {
          if (reply.type === 'progress') return onProgress?.(reply.progress);
          if (reply.type === 'waiting') return onWaiting?.();
          settle();
          if (reply.type === 'failed') reject(fromWire(reply.error));
          else resolve(reply.result as ImporterResults[T]);
        },
        fail(error) {
          settle();
          reject(error);
        },
      });
      post({ ...request, id });
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
    });
  }

  /** Asks the browser not to clear what is stored here; a refusal changes nothing else. */
  function askToKeep(): void {
    void navigator.storage?.persist?.().catch(() => false);
  }

  return {
    importCheckpoint(source, settings, options) {
      askToKeep();
      return call({ type: 'import', source, settings }, options);
    },
    copyPackage(source, name, options) {
      askToKeep();
      return call({ type: 'copy', source, name }, options);
    },
    list: () => call({ type: 'list' }),
    verify: (name, options) => call({ type: 'verify', name }, options),
    async remove(name) {
      await call({ type: 'delete', name });
    },
    async exportTo(name, folder, options) {
      await call({ type: 'export', name, folder }, options);
    },
    dispose: () => end(new AppError('CANCELLED', 'Stopped. What is finished stays.')),
  };
}
