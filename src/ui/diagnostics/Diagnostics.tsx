import { type ReactNode, useEffect, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useApp } from '../common/app-context.ts';
import { CopyButton } from '../common/CopyButton.tsx';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { collectFacts, type Facts, factsAsText, failuresOf } from './collect.ts';

/** What this page runs on, to look at and to copy into a bug report. */
export default function Diagnostics(): ReactNode {
  const engine = useApp((state) => state.engine);
  const capture = useApp((state) => state.capture);
  // As text, so that a word of an answer changes nothing here.
  const failures = useApp((state) => failuresOf(state).join('\n'));
  const [facts, setFacts] = useState<readonly Facts[]>([]);
  useEffect(() => {
    let shown = true;
    void collectFacts({ engine, capture }, failures === '' ? [] : failures.split('\n')).then((collected) => {
      if (shown) setFacts(collected);
    });
    return () => {
      shown = false;
    };
  }, [engine, capture, failures]);
  const words = strings.diagnostics;
  return (
    <DialogFrame title={words.title} kind="sheet">
      <section>
        <p className="help">{words.about}</p>
        <div className="facts-buttons">
          <CopyButton text={factsAsText(facts)} label={words.copy} className="button primary" />
          <a className="button" href="./bench.html">
            {words.bench}
          </a>
          <a className="button" href="./evaluation.html">
            {words.evaluation}
          </a>
          <a className="button" href="./licences.txt">
            {words.licences}
          </a>
        </div>
      </section>
      {facts.map(([title, rows]) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl className="facts">
            {rows.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </DialogFrame>
  );
}
