import { folderUrl } from '../../protocol/folder-url.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { storedNameOf } from './named-source.ts';

/**
 * The model of an address among those that are stored whole.
 * @param address what offeredModel found
 */
export function storedOf(address: string, models: readonly StoredPackage[]): StoredPackage | undefined {
  const whole = models.filter(({ manifest }) => manifest !== null);
  if (address.startsWith('hf:')) return whole.find((model) => isOfHub(address, model));
  // By where it came from: folders of many places have one name. By its name where that is not known.
  return (
    whole.find(({ from }) => from !== null && folderUrl(from, undefined) === address) ??
    whole.find(({ from, name }) => from === null && name === storedNameOf(address))
  );
}

/** Made of a checkpoint of the hub, or copied from there: what is in such a package may be of another repository. */
function isOfHub(address: string, { from, manifest }: StoredPackage): boolean {
  // The hub takes names in any case, and has no other model at `main` for who names no revision.
  const [repository, revision = 'main'] = address.slice('hf:'.length).toLowerCase().split('@');
  const [, folder, commit] = /\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/?$/.exec(from ?? '') ?? [];
  const states = [
    [manifest?.repository, manifest?.revision],
    [folder, commit],
  ];
  return states.some(
    ([named, state]) => named?.toLowerCase() === repository && (revision === 'main' || state === revision),
  );
}
