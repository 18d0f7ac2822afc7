import { toAppError } from '../protocol/errors.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import type { Context } from './context.ts';

/** Opens the package in the folder at `url` and tells the store how far it is. The page stays usable where it fails. */
export async function openModel({ engine, store }: Context, url: string, backend: BackendChoice): Promise<void> {
  store.setState({ engine: { phase: 'loading', backend, progress: null } });
  try {
    const model = await engine.open(url, {
      backend,
      onProgress: (progress) => store.setState({ engine: { phase: 'loading', backend, progress } }),
    });
    store.setState({ engine: { phase: 'ready', model } });
  } catch (thrown) {
    store.setState({ engine: { phase: 'failed', error: toAppError(thrown) } });
  }
}
