import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import { ReloadButton } from '../common/ReloadButton.tsx';
import { OpenDialog } from '../dialogs/OpenDialog.tsx';
import * as strings from '../strings.ts';

/** Why the model did not start, and what can be done. */
export function EngineFailed(): ReactNode {
  const failed = useApp(({ engine }) => (engine.phase === 'failed' ? engine : null));
  const { open } = useActions();
  if (!failed) return null;
  return (
    <section ref={bring} className="panel bad" role="alert">
      <h2>{strings.engineFailed.title}</h2>
      <p>{strings.errors.sentence(failed.error)}</p>
      <div className="buttons">
        <button type="button" className="button primary" onClick={() => open()}>
          {strings.engineFailed.again}
        </button>
        {/* After a release its address may be one that no longer is. */}
        {failed.error.details.script !== undefined && <ReloadButton />}
        {failed.backend !== 'wasm' && (
          <button type="button" className="button" onClick={() => open('wasm')}>
            {strings.engineFailed.onCpu}
          </button>
        )}
        <OpenDialog kind="models">{strings.dialog.open.models}</OpenDialog>
        <OpenDialog kind="diagnostics">{strings.dialog.open.diagnostics}</OpenDialog>
      </div>
    </section>
  );
}

/** Before all turns, it would be out of sight on a phone, or behind a long conversation. */
function bring(panel: HTMLElement | null): void {
  panel?.scrollIntoView({ block: 'end' });
}
