import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import * as strings from '../strings.ts';
import { offlineStore } from './offline-store.ts';
import { UpdateButton } from './UpdateButton.tsx';

/** Says that the page works offline, once it does, and offers a newer version, which is never forced on anybody. */
export function OfflineChip(): ReactNode {
  const { offline, update, otherWindows } = useStore(offlineStore);
  const words = strings.offline;
  return (
    <>
      <span className="offline" role="status">
        {offline && <span className="chip">{words.works}</span>}
        {otherWindows > 0 && <span className="visually-hidden">{words.otherWindows(otherWindows)}</span>}
      </span>
      {update && <UpdateButton update={update} otherWindows={otherWindows} />}
    </>
  );
}
