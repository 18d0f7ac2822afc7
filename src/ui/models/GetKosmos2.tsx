import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { BeforeTransfer } from './BeforeTransfer.tsx';
import { use } from './offer-model.ts';
import { RecordedExample } from './RecordedExample.tsx';
import { TransferPanel } from './TransferPanel.tsx';
import { forgetTransfer, transferStore } from './transfer-store.ts';

/** From what the full model costs to the model being there. Closing it stops nothing. */
export default function GetKosmos2(): ReactNode {
  const actions = useActions();
  const phase = useStore(transferStore, (transfer) => transfer.phase);
  const words = strings.getKosmos2;

  function open(name: string): void {
    forgetTransfer();
    actions.closeDialog();
    void use(actions, `stored:${name}`);
  }

  return (
    <DialogFrame title={words.title} kind="sheet">
      {phase === 'none' ? (
        <BeforeTransfer onOpen={open} />
      ) : (
        <>
          <TransferPanel onOpen={open} />
          {phase !== 'done' && <RecordedExample />}
        </>
      )}
    </DialogFrame>
  );
}
