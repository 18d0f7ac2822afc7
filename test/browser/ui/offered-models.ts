import { afterEach, expect, vi } from 'vitest';
import { importer } from '../../../src/ui/models/importer.ts';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

/** To be called once in a file of tests, each of which then begins with nothing stored or chosen. */
export function forgetModelsAfterEach(): void {
  afterEach(async () => {
    shown?.close();
    shown = null;
    for (const kept of ['kosmos2-model', 'kosmos2-not-now']) localStorage.removeItem(kept);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await importer().remove('demo');
  });
}

/** Shows the page, which is closed behind the test. */
export function openPage(...given: Parameters<typeof showPage>): ShownPage {
  shown = showPage(...given);
  return shown;
}

export const address = (path: string) => new URL(path, location.href).href;

/** The name of the model that is open, once one is. */
export async function ready(app: ShownPage['app']): Promise<string> {
  await expect.poll(() => app.store.getState().engine.phase, { timeout: 60_000 }).toBe('ready');
  const { engine } = app.store.getState();
  return engine.phase === 'ready' ? engine.model.name : '';
}
