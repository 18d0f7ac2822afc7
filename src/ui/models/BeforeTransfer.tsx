import { type ComponentProps, type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import type { CheckpointSource } from '../../protocol/importer-messages.ts';
import { OFFICIAL_REPOSITORY } from '../../protocol/inspection.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { FilesChoice } from './FilesChoice.tsx';
import { FoundModel } from './FoundModel.tsx';
import { LookFailed } from './LookFailed.tsx';
import { type ModelSubject, proposeModel, subjectStore } from './model-subject.ts';
import { namedSource, sourceWords } from './named-source.ts';
import { OtherSource } from './OtherSource.tsx';
import { offeredModel } from './offered-model.ts';
import { refusesModels } from './refuses-models.ts';
import { useInspection } from './use-inspection.ts';
import { useStored } from './use-stored.ts';

interface Props {
  /** Opens a stored model. */
  readonly onOpen: (name: string) => void;
}

/** What a model costs and what this device has, and the ways to get it. Nothing is fetched before one is chosen. */
export function BeforeTransfer({ onOpen }: Props): ReactNode {
  const subject = useStore(subjectStore);
  const official = subject.source.kind === 'official';
  const { models, failure } = useStored();
  const refusal = failure && refusesModels(failure) ? failure : null;
  const refused = useId();
  return (
    <div className="before-getting">
      {refusal && (
        <p id={refused} role="alert">
          {strings.errors.sentence(refusal)}
        </p>
      )}
      {official && <p>{strings.getKosmos2.about(refusal === null)}</p>}
      {official && <Hosted />}
      <Inspection
        key={keyOf(subject)}
        subject={subject}
        stored={models}
        refusedBy={refusal && refused}
        onOpen={onOpen}
      />
      <OtherSource />
      <FilesChoice />
    </div>
  );
}

let keys = 0;
const keysOf = new WeakMap<ModelSubject['source'], number>();

/** Another model begins from nothing. */
function keyOf({ source }: ModelSubject): number {
  const key = keysOf.get(source) ?? ++keys;
  keysOf.set(source, key);
  return key;
}

/** The ready model of this site, where it has one, or another that the page was given. */
function Hosted(): ReactNode {
  const actions = useActions();
  const address = offeredModel(location.search, document.baseURI, import.meta.env.VITE_MODEL_URL);
  const source = address === null ? null : namedSource(address);
  const words = strings.getKosmos2;
  if (source === null || source.kind === 'files' || isOfficial(source)) return null;
  return (
    <section>
      <p>{source.kind === 'site' ? words.hosted : words.given(sourceWords(source))}</p>
      <button type="button" className="button primary" onClick={() => proposeModel(actions, source)}>
        {words.look}
      </button>
    </section>
  );
}

/** Whether it is the one that the dialog is about where nothing else was named. */
function isOfficial(source: CheckpointSource): boolean {
  return source.kind === 'hub' && source.name.toLowerCase() === `hf:${OFFICIAL_REPOSITORY}`;
}

type InspectionProps = { readonly subject: ModelSubject } & Pick<
  ComponentProps<typeof FoundModel>,
  'stored' | 'refusedBy' | 'onOpen'
>;

function Inspection({ subject, ...found }: InspectionProps): ReactNode {
  const [inspected, look] = useInspection(subject);
  const words = strings.getKosmos2;
  switch (inspected.phase) {
    case 'unasked':
      return (
        <section>
          <p>{words.fromLink(sourceWords(subject.source))}</p>
          <button type="button" className="button primary" onClick={look}>
            {words.look}
          </button>
        </section>
      );
    case 'looking':
      return (
        <p className="looking" role="status">
          {words.lookingAt(sourceWords(subject.source))}
        </p>
      );
    case 'failed':
      return <LookFailed source={subject.source} error={inspected.error} onAgain={look} />;
    case 'found':
      return <FoundModel source={subject.source} inspection={inspected.inspection} {...found} />;
  }
}
