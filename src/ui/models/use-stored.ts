import { useCallback, useEffect, useState } from 'react';
import { type AppError, toAppError } from '../../protocol/errors.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { importer } from './importer.ts';

/** What this browser keeps of models. */
export interface Stored {
  /** Null until that is known; none where they cannot be listed. */
  readonly models: readonly StoredPackage[] | null;
  /** Why they could not be listed. */
  readonly failure: AppError | null;
}

export function useStored(): Stored & { readonly reload: () => Promise<void> } {
  const [stored, setStored] = useState<Stored>({ models: null, failure: null });
  const reload = useCallback(async () => {
    try {
      setStored({ models: await importer().list(), failure: null });
    } catch (thrown) {
      setStored({ models: [], failure: toAppError(thrown) });
    }
  }, []);
  useEffect(() => void reload(), [reload]);
  return { ...stored, reload };
}
