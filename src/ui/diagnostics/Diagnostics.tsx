import { type ReactNode, useEffect, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useApp } from '../common/app-context.ts';
import { CopyButton } from '../common/CopyButton.tsx';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { allFacts, askSurroundings, factsAsText, failuresOf, type Surroundings } from './collect.ts';

/** What this page runs on, to look at and to copy into a bug report. */
export default function Diagnostics(): ReactNode {
  const engine = useApp((state) => state.engine);
  const capture = useApp((state) => state.capture);
  // As text, so that a word of an answer changes nothing here.
  const failures = useApp((state) => failuresOf(state).join('\n'));
  const [surroundings, setSurroundings] = useState<Surroundings | null>(null);
  // What the model found out once it was open and idle is told too, but not asked for at every step of its way there.
  useEffect(() => void askSurroundings().then(setSurroundings), [engine.phase, capture]);
  const facts = surroundings
    ? allFacts({ engine, capture }, surroundings, failures === '' ? [] : failures.split('\n'))
    : [];
  const words = strings.diagnostics;
  return (
    <DialogFrame title={words.title} kind="sheet">
      <section>
        <p className="help">{words.about}</p>
        {/* Beside the page, which may be fetching a model or writing. */}
        <div className="facts-buttons">
          <CopyButton text={factsAsText(facts)} label={words.copy} className="button primary" />
          <a className="button" href="./bench.html" target="_blank" rel="noopener">
            {words.bench}
          </a>
          <a className="button" href="./evaluation.html" target="_blank" rel="noopener">
            {words.evaluation}
          </a>
          <a className="button" href="./licences.txt" target="_blank" rel="noopener">
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
