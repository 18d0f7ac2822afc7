import { type ReactNode, useEffect, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useApp } from '../common/app-context.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { collectFacts, type Facts, factsAsText } from './collect.ts';

/** What this page runs on, to look at and to copy into a bug report. */
export default function Diagnostics(): ReactNode {
  const state = useApp((whole) => whole);
  const [facts, setFacts] = useState<readonly Facts[]>([]);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    let shown = true;
    void collectFacts(state).then((collected) => {
      if (shown) setFacts(collected);
    });
    return () => {
      shown = false;
    };
  }, [state]);
  const words = strings.diagnostics;
  return (
    <DialogFrame title={words.title} kind="sheet">
      <section>
        <p className="help">{words.about}</p>
        <button
          type="button"
          className="button primary"
          disabled={facts.length === 0}
          onClick={() => void navigator.clipboard.writeText(factsAsText(facts)).then(() => setCopied(true))}
        >
          {words.copy}
        </button>
        <a className="button" href="./bench.html">
          {words.bench}
        </a>
        <a className="button" href="./evaluation.html">
          {words.evaluation}
        </a>
        <span className="visually-hidden" role="status">
          {copied && words.copied}
        </span>
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
