import type { CaptureWish } from '../protocol/capture.ts';
import { toAppError } from '../protocol/errors.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import type { EngineStatus } from './app-state.ts';
import type { Context } from './context.ts';

export interface ModelAddresses {
  /** Folder of the model package, absolute, ending in `/`. */
  readonly modelUrl: string;
  /** Folder of the recorded answers models are checked against, likewise; without one they are not. */
  readonly selfTestsUrl?: string;
  /** Whether tokens may be run from a recording; left out, they may not. */
  readonly capture?: CaptureWish;
}

/**
 * Opens the model's package and tells the store how far it is. The page stays usable where it fails.
 * @param isLatest whether no other was asked for since: the worker ends this one then, which is nobody's failure
 */
export async function openModel(
  { engine, store }: Context,
  { modelUrl, selfTestsUrl, capture }: ModelAddresses,
  backend: BackendChoice,
  isLatest: () => boolean,
): Promise<void> {
  const tell = (engine: EngineStatus) => {
    if (isLatest()) store.setState({ engine });
  };
  store.setState({ engine: { phase: 'loading', backend, progress: null }, capture: null });
  try {
    const model = await engine.open(modelUrl, {
      backend,
      selfTests: selfTestsUrl,
      capture,
      onProgress: (progress) => tell({ phase: 'loading', backend, progress }),
    });
    tell({ phase: 'ready', model });
  } catch (thrown) {
    tell({ phase: 'failed', backend, error: toAppError(thrown) });
  }
}
