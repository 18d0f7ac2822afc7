import { useEffect, useState } from 'react';
import { type AppError, toAppError } from '../../protocol/errors.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { importer } from './importer.ts';
import { refusesModels } from './refuses-models.ts';

/** What this browser keeps of models. */
export interface Stored {
  /** Null until that is known. */
  readonly models: readonly StoredPackage[] | null;
  /** Why it can keep none; null where it can, as far as is known. */
  readonly refusal: AppError | null;
}

export function useStored(): Stored {
  const [stored, setStored] = useState<Stored>({ models: null, refusal: null });
  useEffect(() => {
    importer()
      .list()
      .then(
        (models) => setStored({ models, refusal: null }),
        (thrown) => {
          const error = toAppError(thrown);
          setStored({ models: [], refusal: refusesModels(error) ? error : null });
        },
      );
  }, []);
  return stored;
}
