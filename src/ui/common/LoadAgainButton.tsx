import { type ReactNode, useState } from 'react';
import { AskFirst } from './AskFirst.tsx';
import { useActions } from './app-context.ts';
import { useLostByReload } from './lost-by-reload.ts';

interface Props {
  readonly className: string;
  readonly title?: string;
  readonly children: string;
  /** What is lost, and whether to go on. */
  readonly words: { ask(unkept: boolean): string; readonly yes: string; readonly no: string };
  /** Loads the page again, once what can be kept is. */
  readonly load: () => void;
}

/** A button after which the page loads again, at once where nothing is lost by it. */
export function LoadAgainButton({ className, title, children, words, load }: Props): ReactNode {
  const { save } = useActions();
  const lost = useLostByReload();
  const [asking, setAsking] = useState(false);
  const start = () => {
    setAsking(false);
    void save().then(load);
  };
  return (
    <>
      <button
        type="button"
        className={className}
        title={title}
        onClick={() => (lost === 'nothing' ? start() : setAsking(true))}
      >
        {children}
      </button>
      {asking && (
        <div className="before-all" data-apart>
          <AskFirst
            question={words.ask(lost === 'unkept')}
            yes={words.yes}
            no={words.no}
            busy={false}
            onYes={start}
            onNo={() => setAsking(false)}
          />
        </div>
      )}
    </>
  );
}
