import { hasFirstAnswer } from '../../state/first-answer.ts';
import type { App } from '../../state/store.ts';
import { fetchLateParts } from '../common/late.tsx';
import { askService } from './ask-service.ts';
import { offlineStore } from './offline-store.ts';

/** Looking for a newer version costs a request, so only windows that stay open for long do it again. */
const HOURS_BETWEEN_LOOKS = 6;

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
    installed ??= install().catch(async (thrown) => {
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

async function install(): Promise<ServiceWorker | null> {
  if (!('serviceWorker' in navigator)) throw new Error('this browser has no service workers here');
  const registration = await navigator.serviceWorker.register(new URL('service.js', document.baseURI));
  watchUpdates(registration);
  const { active } = await Promise.race([navigator.serviceWorker.ready, failure(registration)]);
  // Only now is the page one to install (hosting/later-manifest.ts).
  document.querySelector('link[rel="later-manifest"]')?.setAttribute('rel', 'manifest');
  return active;
}

/** Rejects once the first version cannot be installed: a file is missing, or is not that of the build. */
function failure({ installing, active }: ServiceWorkerRegistration): Promise<never> {
  return new Promise((_, reject) => {
    if (active) return;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'redundant') reject(new Error('a file of it could not be had as it was built'));
    });
  });
}

function watchUpdates(registration: ServiceWorkerRegistration): void {
  const look = () => {
    // The very first version waits for nothing.
    if (navigator.serviceWorker.controller) offlineStore.setState({ update: registration.waiting });
  };
  look();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < HOURS_BETWEEN_LOOKS * 3_600_000) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
  for (const event of ['focus', 'visibilitychange']) addEventListener(event, countOtherWindows);
}

/** A person who was told to close other windows comes back to this one. */
async function countOtherWindows(): Promise<void> {
  const { update, otherWindows } = offlineStore.getState();
  if (update && otherWindows > 0) offlineStore.setState(await askService(update, { type: 'count-windows' }));
}

/** Changes to the newer version because the person said so; other windows of this page keep it waiting. */
export async function applyUpdate(update: ServiceWorker): Promise<void> {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  offlineStore.setState(await askService(update, { type: 'update' }));
}
