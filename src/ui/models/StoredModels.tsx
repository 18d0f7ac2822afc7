import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { type AppError, toAppError } from '../../protocol/errors.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { AddModel } from './AddModel.tsx';
import { DemoModel } from './DemoModel.tsx';
import { importer } from './importer.ts';
import { refusesModels } from './refuses-models.ts';
import { StorageLine } from './StorageLine.tsx';
import { StoredModel } from './StoredModel.tsx';

/** The model of the page and those kept in this browser: what they are, and everything that can be done with them. */
export default function StoredModels(): ReactNode {
  const [models, setModels] = useState<readonly StoredPackage[] | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const reload = useCallback(async () => {
    try {
      setModels(await importer().list());
      setFailure(null);
    } catch (thrown) {
      setModels([]);
      setFailure(toAppError(thrown));
    }
  }, []);
  useEffect(() => void reload(), [reload]);
  const list = useRef<HTMLUListElement>(null);
  /** The row that had the focus goes. */
  async function goOn(): Promise<void> {
    await reload();
    list.current?.focus();
  }
  const words = strings.models;
  return (
    <DialogFrame title={words.title} kind="sheet">
      <section>
        {failure && <p role="alert">{strings.errors.sentence(failure)}</p>}
        <ul ref={list} className="models" tabIndex={-1} aria-label={words.title}>
          <DemoModel />
          {models?.map((model) => (
            <StoredModel key={model.name} model={model} onDeleted={goOn} />
          ))}
        </ul>
        {models?.length === 0 && failure === null && <p className="help">{words.none}</p>}
        <StorageLine models={models} />
      </section>
      <AddModel keeps={!failure || !refusesModels(failure)} />
    </DialogFrame>
  );
}
