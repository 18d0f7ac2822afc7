import type { App } from '../../state/store.ts';
import { MODES, type Mode } from '../../state/turn.ts';
import { askService } from './ask-service.ts';

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Takes what the system hands to the installed app: shared pictures, files opened with it, and its shortcuts. */
export function takeIncoming({ actions }: App, address: URL): void {
  const mode = address.searchParams.get('mode');
  if (isMode(mode)) actions.edit({ mode });

  const { launchQueue } = window as Window & { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    void Promise.all(files.map((file) => file.getFile())).then(actions.addImages);
  });

  if (!address.searchParams.has('shared')) return;
  const rest = new URL(address);
  rest.searchParams.delete('shared');
  history.replaceState(null, '', rest);
  void navigator.serviceWorker?.ready.then(async ({ active }) => {
    if (active) await actions.addImages((await askService(active, { type: 'take-pictures' })).pictures);
  });
}

function isMode(mode: string | null): mode is Mode {
  return MODES.some((known) => known === mode);
}
