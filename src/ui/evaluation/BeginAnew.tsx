import { type ReactNode, useRef, useState } from 'react';
import * as strings from '../all-strings.ts';

/** Throws away what was answered, once a person has said so twice. */
export function BeginAnew(props: { readonly outcomes: number; readonly onForget: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const words = strings.evaluation;
  return (
    <>
      <button ref={opener} type="button" className="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
        {words.forget}
      </button>
      {asking && (
        <fieldset className="begin-anew">
          <legend>{words.forgetting(props.outcomes)}</legend>
          <button type="button" className="button" onClick={props.onForget}>
            {words.doForget}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              opener.current?.focus();
              setAsking(false);
            }}
          >
            {words.keep}
          </button>
        </fieldset>
      )}
    </>
  );
}
