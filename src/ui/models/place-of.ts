import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { modelNameWith } from '../../protocol/model-name.ts';

/** Where a model would be stored, and what lies there. */
export interface Placed {
  readonly name: string;
  /** `begun`: an earlier try left something to go on with. */
  readonly state: 'new' | 'begun' | 'whole';
  readonly bytes: number;
}

/**
 * A place of a model's own: what lies under its name already is either the same model, or unfinished, or another one, which
 * is not written over.
 */
export function placeOf(
  base: string,
  wanted: { readonly repository: string; readonly scheme: string },
  stored: readonly StoredPackage[],
): Placed {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : modelNameWith(base, `-${number}`);
    const there = stored.find((model) => model.name === name);
    if (!there) return { name, state: 'new', bytes: 0 };
    const { manifest, bytes } = there;
    if (!manifest) return { name, state: 'begun', bytes };
    if (manifest.repository === wanted.repository && manifest.scheme === wanted.scheme) {
      return { name, state: 'whole', bytes };
    }
  }
}
