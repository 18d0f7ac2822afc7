import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import { GetButton } from '../models/GetButton.tsx';
import { TransferChip } from '../models/TransferChip.tsx';
import { OfflineChip } from '../offline/OfflineChip.tsx';
import { SentChip } from '../privacy/SentChip.tsx';
import * as strings from '../strings.ts';
import { ModelChip } from './ModelChip.tsx';

export function Header(): ReactNode {
  const { openDialog } = useActions();
  return (
    <header className="header">
      <h1 className="brand">
        {strings.header.name} <span>{strings.header.where}</span>
      </h1>
      <ModelChip />
      <OfflineChip />
      <SentChip />
      <TransferChip />
      <div className="header-end">
        <button type="button" className="button" onClick={() => openDialog({ kind: 'export', turn: null })}>
          {strings.dialog.open.export}
        </button>
        <GetButton />
        <button
          type="button"
          className="button round"
          aria-label={strings.dialog.open.shortcuts}
          onClick={() => openDialog({ kind: 'shortcuts' })}
        >
          ?
        </button>
      </div>
      <LoadingBar />
    </header>
  );
}

/** How far opening the model is, as long as it lasts. */
function LoadingBar(): ReactNode {
  const engine = useApp((state) => state.engine);
  const demo = useApp(({ using }) => using === null);
  if (engine.phase !== 'loading') return null;
  const { words, done } = strings.loading(engine.progress, engine.backend, demo);
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={words}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done === null ? undefined : Math.round(100 * done)}
      data-unknown={done === null || undefined}
    >
      <span style={done === null ? undefined : { transform: `scaleX(${done})` }} />
    </div>
  );
}
