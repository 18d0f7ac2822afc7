import { createStore } from 'zustand/vanilla';
import { toAppError } from '../../protocol/errors.ts';
import type { TransferOptions } from '../../protocol/importer-client.ts';
import * as strings from '../all-strings.ts';
import { noteBegun } from '../common/begun-store.ts';

/** What is being done with a stored model, or was: it goes on while the dialog is closed. */
export interface StoredWork {
  readonly kind: 'verify' | 'export' | 'remove';
  /** Ends it; null once it is over. */
  readonly stop: AbortController | null;
  /** How far it is, or what came of it. */
  readonly said: string;
}

/** By the names of the models. */
export const storedWork = createStore<ReadonlyMap<string, StoredWork>>()(() => new Map());
storedWork.subscribe((works) =>
  noteBegun(
    'stored model',
    [...works.values()].some(({ stop }) => stop !== null),
  ),
);

/** Does something with a model. To be called from a person's gesture, and not while something else is being done with it. */
export async function beginWork(
  name: string,
  kind: StoredWork['kind'],
  task: (options: TransferOptions) => Promise<string>,
): Promise<void> {
  const stop = new AbortController();
  const tell = (said: string) => put(name, { kind, stop, said });
  const end = (said: string) => put(name, { kind, stop: null, said });
  tell('');
  try {
    const { percent, waiting } = strings.transfer;
    end(
      await task({
        signal: stop.signal,
        onProgress: ({ done, total }) => tell(percent(done, total)),
        onWaiting: () => tell(waiting),
      }),
    );
  } catch (thrown) {
    const error = toAppError(thrown);
    // Stopping it, or closing the picker of folders, is no failure, unless something is half done.
    end(error.code === 'CANCELLED' && !error.details.unfinished ? '' : strings.errors.sentence(error));
  }
}

/** What came of it was told; what is still being done goes on. */
export function forgetOutcome(name: string): void {
  const works = new Map(storedWork.getState());
  if (works.get(name)?.stop !== null) return;
  works.delete(name);
  storedWork.setState(works, true);
}

function put(name: string, work: StoredWork): void {
  storedWork.setState(new Map(storedWork.getState()).set(name, work), true);
}
