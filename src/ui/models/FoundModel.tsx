import { type ReactNode, useState } from 'react';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import {
  type InspectionSource,
  type ModelChoice,
  type ModelInspection,
  OFFERED_SCHEMES,
} from '../../protocol/inspection.ts';
import { modelNameWith } from '../../protocol/model-name.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { Cost } from './Cost.tsx';
import { decline } from './chosen-model.ts';
import { storedBase } from './named-source.ts';
import { type Placed, placeOf } from './place-of.ts';
import { startTransfer } from './run-transfer.ts';

interface Props {
  readonly source: InspectionSource;
  readonly inspection: ModelInspection;
  /** Null until that is known. */
  readonly stored: readonly StoredPackage[] | null;
  /** Id of the sentence that says why nothing can be stored here; null where it can. */
  readonly refusedBy: string | null;
  readonly onOpen: (name: string) => void;
}

/** A model that was looked at: its cost, and what can be done with it. */
export function FoundModel({ source, inspection, stored, refusedBy, onOpen }: Props): ReactNode {
  const [scheme, setScheme] = useState<string>();
  const { choices, name, description, repository, way } = inspection;
  const chosen = choices.find((one) => one.scheme === scheme) ?? choices[0];
  const suffix = way.kind === 'copy' || chosen.scheme === 'q4' ? '' : `-${chosen.scheme}`;
  const base = modelNameWith(storedBase(source, inspection), suffix);
  const address = way.source.kind === 'site' ? way.source.url : null;
  const place = stored && placeOf(base, { ...chosen, repository, address }, stored);
  const keeps = refusedBy === null;
  const choice = keeps ? (place ? withoutStored(chosen, place) : chosen) : onlyInMemory(chosen);
  return (
    <>
      {source.kind !== 'official' && name !== null && (
        <section>
          <h3>{name}</h3>
          {description && <p>{description}</p>}
        </section>
      )}
      <Cost {...{ source, inspection, choice, keeps }} onScheme={setScheme} />
      {place && <Ways {...{ source, inspection, choice, place, refusedBy, onOpen }} />}
    </>
  );
}

/** Where nothing can be stored, what stands against it is what stands against opening it so. */
function onlyInMemory(choice: ModelChoice): ModelChoice {
  return { ...choice, whenStored: choice.verdicts };
}

/** What is stored of a model already needs no more room. */
function withoutStored(choice: ModelChoice, { state, bytes }: Placed): ModelChoice {
  const lacks = (needed: number, has: number) => state !== 'whole' && needed - bytes > has;
  const whenStored = choice.whenStored.filter(({ what, needed, has }) => what !== 'storage' || lacks(needed, has));
  return { ...choice, whenStored };
}

/** What stands against opening it unstored alone: it is in memory as a whole then. */
function onlyUnstored({ verdicts, whenStored }: ModelChoice) {
  return verdicts.filter(
    ({ what, needed }) => !whenStored.some((same) => same.what === what && same.needed === needed),
  );
}

interface WaysProps extends Omit<Props, 'stored'> {
  readonly choice: ModelChoice;
  readonly place: Placed;
}

/** The buttons: open what is there, begin or go on, open without storing. */
function Ways({ source, inspection, choice, place, refusedBy, onOpen }: WaysProps): ReactNode {
  const { use, closeDialog } = useActions();
  const { way, repository } = inspection;
  const { name, state, bytes } = place;
  const words = strings.getKosmos2;
  const lacks = choice.whenStored.some(({ kind }) => kind === 'missing');
  const scheme = OFFERED_SCHEMES.find((one) => one === choice.scheme) ?? OFFERED_SCHEMES[0];
  const unstored = way.kind === 'copy' && way.source.kind === 'site' && state !== 'whole' ? way.source.url : null;
  const begin = way.kind === 'copy' ? strings.offer.get : source.kind === 'files' ? words.prepare : words.start;
  return (
    <>
      {state !== 'new' && <p role="status">{state === 'whole' ? words.ready : words.begun(bytes)}</p>}
      <div className="offer-buttons">
        {state === 'whole' && (
          <button type="button" className="button primary" onClick={() => onOpen(name)}>
            {words.openNow}
          </button>
        )}
        {/* What is stored may be damaged, or an older one of the same name: what is the same stays. */}
        <button
          type="button"
          className={state === 'whole' ? 'button' : 'button primary'}
          disabled={refusedBy !== null}
          aria-describedby={refusedBy ?? undefined}
          onClick={() => startTransfer({ way, repository, name, scheme, whole: state === 'whole' })}
        >
          {state === 'whole'
            ? words.getAgain
            : state === 'begun'
              ? words.goOn
              : lacks
                ? strings.offer.getAnyway
                : begin}
        </button>
        {unstored !== null && (
          <button
            type="button"
            className="button"
            onClick={() => {
              closeDialog();
              void use(unstored);
            }}
          >
            {strings.offer.unstored}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => {
            if (source.kind === 'site') decline(source.url);
            if (source.kind === 'hub') decline(source.name);
            closeDialog();
          }}
        >
          {strings.offer.notNow}
        </button>
      </div>
      {unstored !== null &&
        onlyUnstored(choice).map((verdict) => (
          <p key={verdict.what} className="verdict" data-kind={verdict.kind}>
            {strings.offer.unstored}: {strings.offer.verdict(verdict)}
          </p>
        ))}
    </>
  );
}
