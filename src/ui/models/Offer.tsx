import { type ReactNode, useEffect, useRef, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import type { TransferProgress } from '../../protocol/importer-messages.ts';
import type { ModelInspection } from '../../protocol/inspection.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { importer } from './importer.ts';
import { storedNameOf, use } from './offer-model.ts';

/** What a hosted model is, where it comes from and what it needs; fetched only when the person says so. */
export default function Offer({ address }: { address: string }): ReactNode {
  const actions = useActions();
  const [inspection, setInspection] = useState<ModelInspection | null>(null);
  const [progress, setProgress] = useState<TransferProgress | null>(null);
  const [said, setSaid] = useState<string>(strings.offer.looking);
  const stop = useRef(new AbortController());
  const words = strings.offer;

  useEffect(() => {
    const looking = new AbortController();
    actions.inspect(address, looking.signal).then(
      (found) => {
        setInspection(found);
        setSaid('');
      },
      (thrown) => {
        if (!looking.signal.aborted) setSaid(strings.errors.sentence(toAppError(thrown)));
      },
    );
    return () => looking.abort();
  }, [actions, address]);
  // Closing the dialog pauses: what has come stays, and the next time goes on.
  useEffect(() => () => stop.current.abort(), []);

  async function get(): Promise<void> {
    stop.current = new AbortController();
    setSaid('');
    setProgress({ done: 0, total: 0, kept: 0, item: null });
    try {
      const name = storedNameOf(address);
      const options = {
        signal: stop.current.signal,
        onProgress: setProgress,
        onWaiting: () => setSaid(strings.transfer.waiting),
      };
      await importer().copyPackage({ kind: 'site', url: address }, name, options);
      actions.closeDialog();
      await use(actions, `stored:${name}`);
    } catch (thrown) {
      const error = toAppError(thrown);
      setSaid(error.code === 'CANCELLED' ? strings.models.paused : strings.errors.sentence(error));
      setProgress(null);
    }
  }

  const lacks = inspection?.verdicts.some(({ kind }) => kind === 'missing');
  return (
    <DialogFrame title={words.title} kind="sheet">
      {inspection && <Facts inspection={inspection} address={address} />}
      {progress && (
        <div className="transfer">
          <progress aria-label={strings.models.progress} max={progress.total || 1} value={progress.done} />
          <span className="help">{strings.models.transfer(progress)}</span>
          <button type="button" className="button" onClick={() => stop.current.abort()}>
            {strings.models.pause}
          </button>
        </div>
      )}
      {said && (
        <p className="help" role="status">
          {said}
        </p>
      )}
      {!progress && (
        <div className="offer-buttons">
          {inspection && (
            <>
              <button type="button" className="button primary" onClick={() => void get()}>
                {lacks ? words.getAnyway : words.get}
              </button>
              <button
                type="button"
                className="button"
                onClick={() => {
                  actions.closeDialog();
                  void actions.use(address);
                }}
              >
                {words.unstored}
              </button>
            </>
          )}
          <button type="button" className="button" onClick={actions.closeDialog}>
            {words.notNow}
          </button>
        </div>
      )}
    </DialogFrame>
  );
}

function Facts({ inspection, address }: { inspection: ModelInspection; address: string }): ReactNode {
  const { name, description, bytes, deviceBytes, runsOn, free, scheme, licence, verdicts } = inspection;
  const words = strings.offer;
  const rows: readonly (readonly [string, string])[] = [
    [words.from, address],
    [words.size, strings.size(bytes)],
    [words.takes, `${strings.size(deviceBytes)} ${words.on[runsOn]}`],
    ...(free === null ? [] : [[words.free, strings.size(free)] as const]),
    [words.weights, scheme],
    [words.licence, licence],
  ];
  return (
    <section>
      <h3>{name}</h3>
      {description && <p>{description}</p>}
      <dl className="facts">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {verdicts.length > 0 && (
        <ul className="verdicts">
          {verdicts.map((verdict) => (
            <li key={verdict.what} data-kind={verdict.kind}>
              {words.verdict(verdict)}
            </li>
          ))}
        </ul>
      )}
      <p className="help">{words.kept}</p>
    </section>
  );
}
