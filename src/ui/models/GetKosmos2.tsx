import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { storedAddress } from '../../protocol/stored-address.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { BeforeTransfer } from './BeforeTransfer.tsx';
import { titleOf } from './get-model.ts';
import { subjectStore } from './model-subject.ts';
import { use } from './offer-model.ts';
import { RecordedExample } from './RecordedExample.tsx';
import { TransferPanel } from './TransferPanel.tsx';
import { forgetTransfer, transferStore } from './transfer-store.ts';

/** From what a model costs to the model being there, and open. Closing it stops nothing. */
export default function GetKosmos2(): ReactNode {
  const actions = useActions();
  const { phase, job } = useStore(transferStore);
  const official = useStore(subjectStore, ({ source }) => source.kind === 'official');

  function open(name: string): void {
    forgetTransfer();
    actions.closeDialog();
    void use(actions, storedAddress(name));
  }
  const openFinished = useEffectEvent(() => {
    if (phase === 'done' && job) open(job.name);
  });
  useEffect(openFinished, [phase]);

  const question = official ? strings.getKosmos2.title : strings.offer.title;
  const title = job ? strings.getKosmos2.progress(titleOf(job)) : question;
  return (
    <DialogFrame title={title} kind="sheet">
      {phase === 'none' ? (
        <BeforeTransfer onOpen={open} />
      ) : (
        <>
          <TransferPanel />
          <RecordedExample />
        </>
      )}
    </DialogFrame>
  );
}
