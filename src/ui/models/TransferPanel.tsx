import { type FormEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import * as strings from '../all-strings.ts';
import { AskFirst } from '../common/AskFirst.tsx';
import { useActions } from '../common/app-context.ts';
import { type Job, titleOf, tokenOf, withToken } from './get-model.ts';
import { importer } from './importer.ts';
import { sourceWords } from './named-source.ts';
import { discardTransfer, leaveTransfer, pauseTransfer, startTransfer } from './run-transfer.ts';
import { TokenField } from './TokenField.tsx';
import { forgetTransfer, transferStore } from './transfer-store.ts';
import { useMetered } from './use-metered.ts';

/** How far it is, and what can be done about it. */
export function TransferPanel(): ReactNode {
  const { phase, job, progress, pace, memory, wantsToken, refused, said } = useStore(transferStore);
  const { use, closeDialog } = useActions();
  const metered = useMetered();
  const [asking, setAsking] = useState<'discard' | 'leave' | null>(null);
  const [discarding, setDiscarding] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const words = strings.getKosmos2;
  if (!job || phase === 'none' || phase === 'done') return null;
  const { done, total, item } = progress;
  const remote = job.way.source.kind !== 'files';
  const working = total === 0 ? 'looking' : item === null ? 'checking' : 'working';
  const state = discarding ? 'discarding' : phase === 'running' ? working : phase;
  const facts = [
    total > 0 && words.soFar(done, total),
    phase === 'running' && pace.bytesPerSecond > 0 && words.rate(pace.bytesPerSecond),
    phase === 'running' && pace.secondsLeft !== null && words.left(pace.secondsLeft),
  ].filter((fact) => fact !== false);

  function resume(job: Job): void {
    startTransfer(withToken(job, (typed ?? tokenOf(job)).trim()));
  }

  async function discard(): Promise<void> {
    setDiscarding(true);
    await discardTransfer();
    setDiscarding(false);
    setAsking(null);
  }

  /** What comes still goes on; what has stopped is under Models, and is gone on with when it is named again. */
  function keep(): void {
    if (phase === 'running') setAsking(null);
    else forgetTransfer();
  }

  /** A whole model that was there is whole still, unless what comes has begun to take its place. */
  async function cancel({ whole, name }: Job): Promise<void> {
    if (!whole) return setAsking('discard');
    const stored = await importer()
      .list()
      .catch(() => []);
    if (stored.some((model) => model.name === name && model.manifest === null)) setAsking('leave');
    else await leaveTransfer();
  }

  return (
    <section className="getting">
      <div className="getting-head">
        <strong role="status">{words.phase[state]}</strong>
        <span>{total > 0 ? strings.transfer.percent(done, total) : ''}</span>
      </div>
      <progress aria-label={words.progress(titleOf(job))} max={total || 1} value={done} />
      <span className="help figures">{facts.join(' · ')}</span>
      {said && <p role={phase === 'failed' ? 'alert' : 'status'}>{said}</p>}
      {wantsToken && (
        <form
          className="source-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            resume(job);
          }}
        >
          <TokenField token={typed ?? tokenOf(job)} onToken={setTyped} />
        </form>
      )}
      {refused && <p role="alert">{words.refused(sourceWords(refused))}</p>}
      {asking === 'leave' && (
        <AskFirst
          question={words.leave}
          yes={words.doLeave}
          no={words.stay}
          busy={false}
          onYes={() => void leaveTransfer()}
          onNo={() => setAsking(null)}
        />
      )}
      {asking === 'discard' && (
        <AskFirst
          question={done > 0 ? words.discard(done) : words.discardAny}
          yes={words.doDiscard}
          no={words.keep}
          busy={discarding}
          onYes={() => void discard()}
          onNo={keep}
        />
      )}
      <div className="offer-buttons" hidden={asking !== null}>
        {phase === 'running' ? (
          <button type="button" className="button" onClick={pauseTransfer}>
            {words.pause}
          </button>
        ) : (
          <button type="button" className="button primary" onClick={() => resume(job)}>
            {words.resume}
          </button>
        )}
        {memory !== null && (
          <button
            type="button"
            className="button"
            onClick={() => {
              forgetTransfer();
              closeDialog();
              void use(memory);
            }}
          >
            {strings.offer.unstored}
          </button>
        )}
        <button type="button" className="button" onClick={() => void cancel(job)}>
          {words.cancel}
        </button>
      </div>
      {/* While what is there is looked at, it is not known yet what will come. */}
      {phase === 'running' && metered && remote && item !== null && <p role="status">{words.metered(total - done)}</p>}
      {phase === 'running' && <p className="help">{words.stays}</p>}
    </section>
  );
}
