import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { modelNameWith } from '../../protocol/model-name.ts';

/** Where a model would be stored, and what lies there. */
export interface Placed {
  readonly name: string;
  /** `begun`: an earlier try left something to go on with. */
  readonly state: 'new' | 'begun' | 'whole';
  readonly bytes: number;
}

/** What tells a model from others of its name. */
export interface WantedModel {
  readonly repository: string;
  readonly scheme: string;
  /** Address of its folder on the web; null where it comes from elsewhere. */
  readonly address: string | null;
  /** Of files of this device; null for all others. */
  readonly identity: string | null;
}

/**
 * A place of a model's own: what lies under its name already is either the same model, or unfinished, or another one, which
 * is not written over.
 */
export function placeOf(base: string, wanted: WantedModel, stored: readonly StoredPackage[]): Placed {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : modelNameWith(base, `-${number}`);
    const there = stored.find((model) => model.name === name);
    if (!there) return { name, state: 'new', bytes: 0 };
    if (isElsewhere(there, wanted)) continue;
    const { manifest, bytes } = there;
    if (!manifest) return { name, state: 'begun', bytes };
    if (isSame(there, wanted)) return { name, state: 'whole', bytes };
  }
}

/** Whether both are of the web, and of different folders of it. */
function isElsewhere({ from }: StoredPackage, { address }: WantedModel): boolean {
  return from !== null && address !== null && folderOf(from) !== folderOf(address);
}

function isSame({ identities, manifest }: StoredPackage, wanted: WantedModel): boolean {
  if (wanted.identity !== null) return identities.includes(wanted.identity);
  return manifest?.repository === wanted.repository && manifest.scheme === wanted.scheme;
}

/** A folder of the web, in whichever state a hub has it. */
function folderOf(address: string): string {
  return new URL(address).href.replace(/(\/resolve\/[^/]+)?\/*$/, '/');
}
