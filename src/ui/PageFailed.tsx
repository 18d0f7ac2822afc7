import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { offlineStore } from './offline/offline-store.ts';
import { UpdateButton } from './offline/UpdateButton.tsx';
import * as strings from './strings.ts';

interface Props {
  readonly reason: string;
  readonly again: () => void;
}

/** In place of a page that could not be shown. What was asked and answered is kept apart from it, and a newer version may be without the fault. */
export function PageFailed({ reason, again }: Props): ReactNode {
  const words = strings.pageFailed;
  const { update, otherWindows } = useStore(offlineStore);
  return (
    <section className="panel bad page-failed" role="alert">
      <h2>{words.title}</h2>
      <p>{words.about(reason)}</p>
      <div className="buttons">
        <button type="button" className="button primary" onClick={again}>
          {words.goOn}
        </button>
        <button type="button" className="button" onClick={() => location.reload()}>
          {words.reload}
        </button>
        {update && <UpdateButton update={update} otherWindows={otherWindows} />}
      </div>
    </section>
  );
}
