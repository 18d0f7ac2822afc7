import { type ReactNode, useState } from 'react';
import { AskFirst } from '../common/AskFirst.tsx';
import { useActions } from '../common/app-context.ts';
import { useLostByReload } from '../common/lost-by-reload.ts';
import * as strings from '../strings.ts';
import { applyUpdate } from './start-service.ts';

interface Props {
  readonly update: ServiceWorker;
  readonly otherWindows: number;
}

/** Starts the newer version, at once where nothing is lost by it. */
export function UpdateButton({ update, otherWindows }: Props): ReactNode {
  const { save } = useActions();
  const lost = useLostByReload();
  const [asking, setAsking] = useState(false);
  const words = strings.offline;
  const start = () => {
    setAsking(false);
    void save().then(() => applyUpdate(update));
  };
  return (
    <>
      <button
        type="button"
        className="chip update"
        onClick={() => (lost === 'nothing' ? start() : setAsking(true))}
        title={words.updateLabel}
      >
        {otherWindows > 0 ? words.otherWindows(otherWindows) : words.update}
      </button>
      {asking && (
        <div className="before-all">
          <AskFirst
            question={words.ask(lost === 'unkept')}
            yes={words.start}
            no={words.notNow}
            busy={false}
            onYes={start}
            onNo={() => setAsking(false)}
          />
        </div>
      )}
    </>
  );
}
