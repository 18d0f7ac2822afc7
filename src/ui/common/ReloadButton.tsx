import { type ReactNode, useState } from 'react';
import * as strings from '../strings.ts';
import { AskFirst } from './AskFirst.tsx';
import { useActions } from './app-context.ts';
import { useLostByReload } from './lost-by-reload.ts';

/** Loads the page again, at once where nothing is lost by it. */
export function ReloadButton({ className = 'button' }: { readonly className?: string }): ReactNode {
  const { save } = useActions();
  const lost = useLostByReload();
  const [asking, setAsking] = useState(false);
  const words = strings.pageFailed;
  const reload = () => {
    setAsking(false);
    void save().then(() => location.reload());
  };
  return (
    <>
      <button type="button" className={className} onClick={() => (lost === 'nothing' ? reload() : setAsking(true))}>
        {words.reload}
      </button>
      {asking && (
        <div className="before-all" data-apart>
          <AskFirst
            question={words.ask(lost === 'unkept')}
            yes={words.reload}
            no={words.notNow}
            busy={false}
            onYes={reload}
            onNo={() => setAsking(false)}
          />
        </div>
      )}
    </>
  );
}
