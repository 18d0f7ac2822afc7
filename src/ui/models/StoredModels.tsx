import { type ReactNode, useRef } from 'react';
import * as strings from '../all-strings.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { AddModel } from './AddModel.tsx';
import { DemoModel } from './DemoModel.tsx';
import { refusesModels } from './refuses-models.ts';
import { StorageLine } from './StorageLine.tsx';
import { StoredModel } from './StoredModel.tsx';
import { useStored } from './use-stored.ts';

/** The model of the page and those kept in this browser: what they are, and everything that can be done with them. */
export default function StoredModels(): ReactNode {
  const { models, failure, reload } = useStored();
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
