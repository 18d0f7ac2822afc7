import { askService } from './ask-service.ts';
import { offlineStore } from './offline-store.ts';

/** Looking for a newer version costs a request, so only windows that stay open for long do it again. */
const HOURS_BETWEEN_LOOKS = 6;

/**
 * Installs the service worker, or finds it installed, and notes from then on when a newer version waits.
 * @throws Error where none can be
 */
export async function installService(): Promise<ServiceWorker | null> {
  if (!('serviceWorker' in navigator)) throw new Error('this browser has no service workers here');
  const registration = await registered(new URL('service.js', document.baseURI).href);
  watchUpdates(registration);
  const { active } = await Promise.race([navigator.serviceWorker.ready, failure(registration)]);
  // Only now is the page one to install (hosting/later-manifest.ts).
  document.querySelector('link[rel="later-manifest"]')?.setAttribute('rel', 'manifest');
  return active;
}

/** Registering would wait for a newer version that is on its way, and the page works offline without that one. */
async function registered(script: string): Promise<ServiceWorkerRegistration> {
  const known = await navigator.serviceWorker.getRegistration(document.baseURI);
  return known?.active?.scriptURL === script ? known : navigator.serviceWorker.register(script);
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
  const follow = () => registration.installing?.addEventListener('statechange', look);
  look();
  follow();
  registration.addEventListener('updatefound', follow);
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
