import { toAppError } from '../../protocol/errors.ts';
import { latePart } from '../../protocol/late-part.ts';
import type { App } from '../../state/store.ts';
import { MODES, type Mode } from '../../state/turn.ts';

/** Seldom needed, and so fetched then. */
const taking = latePart(() => import('./take-pictures.ts'));

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Takes what the system hands to the installed app: shared pictures, files opened with it, and its shortcuts. */
export function takeIncoming({ actions }: App, address: URL): void {
  const mode = address.searchParams.get('mode');
  if (isMode(mode)) actions.edit({ mode });

  const take = (how: (part: typeof import('./take-pictures.ts')) => Promise<void>) =>
    void taking()
      .then(how)
      .catch((thrown: unknown) => actions.tell(toAppError(thrown)));

  const { launchQueue } = window as Window & { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) take(({ takeFiles }) => takeFiles(actions, files));
  });

  const shared = address.searchParams.get('shared');
  if (shared === null) return;
  const rest = new URL(address);
  rest.searchParams.delete('shared');
  history.replaceState(null, '', rest);
  take(({ takeShared }) => takeShared(actions, shared === 'some'));
}

function isMode(mode: string | null): mode is Mode {
  return MODES.some((known) => known === mode);
}
