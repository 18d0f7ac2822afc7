import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { AddModel } from './AddModel.tsx';
import { DemoModel } from './DemoModel.tsx';
import { importer } from './importer.ts';
import { StorageLine } from './StorageLine.tsx';
import { StoredModel } from './StoredModel.tsx';

/** The model of the page and those kept in this browser: what they are, and everything that can be done with them. */
export default function StoredModels(): ReactNode {
  const [models, setModels] = useState<readonly StoredPackage[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const reload = useCallback(async () => {
    try {
      setModels(await importer().list());
      setFailure(null);
    } catch (thrown) {
      setModels([]);
      setFailure(strings.errors.sentence(toAppError(thrown)));
    }
  }, []);
  useEffect(() => void reload(), [reload]);
  const words = strings.models;
  return (
    <DialogFrame title={words.title} kind="sheet">
      <section>
        {failure !== null && <p role="alert">{failure}</p>}
        <ul className="models">
          <DemoModel />
          {models?.map((model) => (
            <StoredModel key={model.name} model={model} onChange={reload} />
          ))}
        </ul>
        {models?.length === 0 && failure === null && <p className="help">{words.none}</p>}
        <StorageLine models={models} />
      </section>
      <AddModel />
    </DialogFrame>
  );
}
