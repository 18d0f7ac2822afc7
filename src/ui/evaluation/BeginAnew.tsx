import { type ReactNode, useState } from 'react';
import * as strings from '../all-strings.ts';
import { AskFirst } from '../common/AskFirst.tsx';

/** Throws away what was answered, once a person has said so twice. */
export function BeginAnew(props: { readonly outcomes: number; readonly onForget: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const words = strings.evaluation;
  return (
    <>
      <button type="button" className="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
        {words.forget}
      </button>
      {asking && (
        <AskFirst
          question={words.forgetting(props.outcomes)}
          yes={words.doForget}
          no={words.keep}
          busy={false}
          onYes={props.onForget}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  );
}
