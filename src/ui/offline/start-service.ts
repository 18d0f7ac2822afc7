import { fetchLateParts } from '../../protocol/late-part.ts';
import { hasFirstAnswer } from '../../state/first-answer.ts';
import type { App } from '../../state/store.ts';
import { askService } from './ask-service.ts';
import { offlineStore } from './offline-store.ts';

/**
 * Installs the service worker once the first answer is there or none will come (a first visit's bandwidth belongs to it), has it keep the
 * runtime this browser uses, and notes when the page works offline and when a newer version waits. Where none can be installed,
 * the page at least fetches what is left of itself.
 */
export function startService({ store }: App): void {
  if (!import.meta.env.PROD) return;
  let installed: Promise<ServiceWorker | null> | undefined;
  const stop = store.subscribe((state) => {
    if (!hasFirstAnswer(state)) return;
    installed ??= import('./install-service.ts')
      .then(({ installService }) => installService())
      .catch(async (thrown) => {
        tellNotKept(thrown);
        await fetchLateParts();
        return null;
      });
    const { engine } = state;
    if (engine.phase !== 'ready') return;
    stop();
    const { wasm } = engine.model.backend;
    const kept = installed.then(async (service) => {
      if (service && wasm !== null)
        offlineStore.setState(await askService(service, { type: 'keep-runtime', url: wasm }));
    });
    kept.catch(tellNotKept);
  });
}

/** A private window, a policy or a full disk can forbid it; the page then works as long as there is a network. */
function tellNotKept(thrown: unknown): void {
  console.info('This page cannot be kept for working offline:', thrown);
}

/** Changes to the newer version because the person said so; other windows of this page keep it waiting. */
export async function applyUpdate(update: ServiceWorker): Promise<void> {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  offlineStore.setState(await askService(update, { type: 'update' }));
}
