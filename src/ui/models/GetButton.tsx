import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { proposeModel } from './model-subject.ts';
import { transferStore } from './transfer-store.ts';

/** Between the demo model with its 8 MB and the smallest package of the full one, 940 MB. */
const FULL_BYTES = 500_000_000;

/** The way to the full model, as long as it neither runs nor is on its way. */
export function GetButton(): ReactNode {
  const actions = useActions();
  const full = useApp(({ engine }) => engine.phase === 'ready' && engine.model.bytes >= FULL_BYTES);
  const phase = useStore(transferStore, (transfer) => transfer.phase);
  if (full || phase !== 'none') return null;
  return (
    <button type="button" className="button primary" onClick={() => proposeModel(actions)}>
      {strings.dialog.open.get}
    </button>
  );
}
