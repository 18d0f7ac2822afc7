import type { Backend } from './backend.ts';

/** How a run's keys and values come back to arrays of this program. */
export type KvReturn =
  /** Written into the arrays they are read from. */
  | 'inPlace'
  /** Those of the run's own positions alone, `[sequences, positions, embedDim]`. */
  | 'added'
  /** All of them, in arrays of their own. */
  | 'whole';

/** Never more than has to: what crosses into or out of WebAssembly is copied. */
export function kvReturn({ native, target }: Backend): KvReturn {
  if (native?.inPlace) return 'inPlace';
  return target.addedOnly ? 'added' : 'whole';
}
