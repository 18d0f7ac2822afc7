import { type ReactNode, useEffect, useState } from 'react';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';

/** How much room there is, and whether the browser promises to keep what is stored. */
export function StorageLine({ models }: { models: readonly StoredPackage[] | null }): ReactNode {
  const [words, setWords] = useState('');
  useEffect(() => {
    if (models === null || !navigator.storage?.estimate) return;
    let shown = true;
    void Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]).then(
      ([{ usage = 0, quota = 0 }, lasting]) => {
        if (shown) setWords(strings.models.storage(usage, quota, lasting));
      },
    );
    return () => {
      shown = false;
    };
  }, [models]);
  return <p className="help">{words}</p>;
}
