import type { ReactNode } from 'react';
import type { ModelInfo } from '../../protocol/messages.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { modelDescription, modelTitle } from '../common/model-words.ts';
import { OpenDialog } from '../dialogs/OpenDialog.tsx';
import { GetButton } from '../models/GetButton.tsx';
import * as strings from '../strings.ts';
import { LanguageChoice } from './LanguageChoice.tsx';

/** Everything known about the model, while one runs, what is kept here, and the way to other models and languages. */
export function ModelDetails({ id, model }: { id: string; model: ModelInfo | null }): ReactNode {
  return (
    <div id={id} className="details" popover="auto">
      <h2>{strings.details.title}</h2>
      {model && <Facts model={model} />}
      <Kept />
      <LanguageChoice />
      <p className="buttons">
        <GetButton />
        <OpenDialog kind="models">{strings.dialog.open.models}</OpenDialog>
        <OpenDialog kind="diagnostics">{strings.dialog.open.diagnostics}</OpenDialog>
      </p>
    </div>
  );
}

function Facts({ model }: { model: ModelInfo }): ReactNode {
  const { backend } = model;
  const words = strings.details;
  const rows: readonly (readonly [string, string])[] = [
    [words.model, modelTitle(model.name)],
    [words.size, strings.header.bytes(model.bytes)],
    [words.scheme, model.scheme],
    [words.licence, model.licence],
    [words.capacity, words.tokens(model.maxTokens)],
    [words.runsOn, words.backend[backend.kind]],
    [words.adapter, words.adapterName(backend.adapter)],
    [words.activation, words.activations[backend.activation]],
    [words.build, words.runtime(backend.build)],
  ];
  return (
    <>
      <p>{modelDescription(model)}</p>
      <dl>
        {rows.map(([term, value]) => (
          <Row key={term} term={term} value={value} />
        ))}
      </dl>
    </>
  );
}

/** What stays in this browser, and the one click that removes it. */
function Kept(): ReactNode {
  const own = useApp(({ images }) => images.filter(({ kind }) => kind === 'own').length);
  const asked = useApp(({ turns }) => Object.keys(turns).length);
  const keeping = useApp((state) => state.keeping);
  const unkept = useApp((state) => state.unkept);
  const { clear } = useActions();
  const words = strings.details;
  // Between a removal and its being stored there is less on the page than was not kept.
  const pictures = Math.max(0, own - unkept.pictures);
  const answers = Math.max(0, asked - unkept.answers);
  return (
    <section className="kept">
      <p>{keeping === false ? words.notKept : words.kept(pictures, answers)}</p>
      <button
        type="button"
        className="button"
        disabled={own + asked === 0}
        onClick={({ currentTarget }) => {
          // It may lie over the way back.
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          clear();
        }}
      >
        {words.clear}
      </button>
    </section>
  );
}

function Row({ term, value }: { term: string; value: string }): ReactNode {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
