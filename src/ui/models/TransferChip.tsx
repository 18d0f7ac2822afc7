import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { transferStore } from './transfer-store.ts';

/** How far getting the full model is, while its dialog is closed; the way back to it. */
export function TransferChip(): ReactNode {
  const { openDialog } = useActions();
  const open = useApp(({ dialog }) => dialog?.kind === 'get');
  const { phase, progress } = useStore(transferStore);
  if (phase === 'none' || open) return null;
  const { chip } = strings.transfer;
  const { done, total } = progress;
  const running = total === 0 ? chip.looking : strings.transfer.percent(done, total);
  return (
    <button type="button" className="chip transfer-chip" onClick={() => openDialog({ kind: 'get' })}>
      <span>
        <span className="chip-name">{chip.name}</span>
        {phase === 'running' ? running : chip[phase]}
      </span>
    </button>
  );
}
