import type { ReactNode } from 'react';
import * as strings from './strings.ts';

interface Props {
  readonly reason: string;
  readonly again: () => void;
}

/** In place of a page that could not be shown. What was asked and answered is kept apart from it. */
export function PageFailed({ reason, again }: Props): ReactNode {
  const words = strings.pageFailed;
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
      </div>
    </section>
  );
}
