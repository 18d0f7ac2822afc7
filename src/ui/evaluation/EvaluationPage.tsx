import { type ReactNode, useRef, useState } from 'react';
import { DATASETS } from '../../evaluation/datasets/datasets.ts';
import { isAnswered } from '../../evaluation/outcome.ts';
import type { BackendChoice } from '../../protocol/messages.ts';
import * as strings from '../all-strings.ts';
import { BeginAnew } from './BeginAnew.tsx';
import { PlanForm } from './PlanForm.tsx';
import { Progress } from './Progress.tsx';
import { lastPlan } from './run-plan.ts';
import { SummaryTables } from './SummaryTables.tsx';
import { saveOutcomes, saveSummary } from './save-results.ts';
import { useEvaluation } from './use-evaluation.ts';
import { useFocusKept } from './use-focus-kept.ts';
import { Viewer } from './Viewer.tsx';

/** How good a model is on a data set, and what it got wrong. Nothing runs before a person says so. */
export function EvaluationPage({ model, backend }: { model: string; backend: BackendChoice }): ReactNode {
  const words = strings.evaluation;
  const [plan, setPlan] = useState(lastPlan);
  const evaluation = useEvaluation(model, backend);
  const { phase, samples, outcomes, version, pictures, error } = evaluation;
  const begun = outcomes.size > 0;
  // The form may be about another data set by now.
  const read = evaluation.plan ?? plan;
  const busy = phase === 'reading' || phase === 'opening' || phase === 'running';
  const there = samples.length > 0;
  const asked = useRef<HTMLParagraphElement>(null);
  useFocusKept(phase, asked);
  // What is kept may be of another model than the one that comes: that only opening it tells.
  const left = evaluation.earlier !== null || samples.some((sample) => !isAnswered(sample, outcomes));
  return (
    <main className="evaluation">
      <a className="link" href="./">
        {words.back}
      </a>
      <h1>{words.title}</h1>
      <p className="about">{words.about}</p>
      <p className="model">{words.model((evaluation.model ?? evaluation.earlier?.model)?.name ?? model)}</p>
      <PlanForm plan={plan} busy={busy} onPlan={setPlan} onRead={evaluation.read} />
      {there && (
        <p ref={asked} tabIndex={-1}>
          {words.samples(samples.length, words.datasetTitle(read.dataset, DATASETS[read.dataset].title))}
          {evaluation.folder && ` (${evaluation.folder})`}
        </p>
      )}
      {there && (
        <div className="buttons">
          {phase === 'opening' || phase === 'running' ? (
            <button type="button" className="button" onClick={evaluation.stop}>
              {words.stop}
            </button>
          ) : (
            left && (
              <button type="button" className="button primary" onClick={() => void evaluation.run()}>
                {begun ? words.goOn : words.run}
              </button>
            )
          )}
          <label className="button">
            {words.take}
            <input
              className="visually-hidden"
              type="file"
              accept=".jsonl"
              disabled={busy}
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) void evaluation.take(file);
                target.value = '';
              }}
            />
          </label>
          {begun && !busy && (
            <>
              <button type="button" className="button" onClick={() => saveOutcomes(read, samples, outcomes)}>
                {words.saveLines}
              </button>
              <button type="button" className="button" onClick={() => saveSummary(read, samples, outcomes)}>
                {words.saveSummary}
              </button>
              <BeginAnew
                outcomes={outcomes.size}
                onForget={() => {
                  // What was pressed goes with the answers.
                  asked.current?.focus();
                  void evaluation.forget();
                }}
              />
            </>
          )}
        </div>
      )}
      <Progress {...evaluation} />
      {error && (
        <p className="bad" role="alert">
          {strings.errors.sentence(error)}
        </p>
      )}
      {begun && <SummaryTables plan={read} samples={samples} outcomes={outcomes} version={version} />}
      {begun && pictures && <Viewer samples={samples} outcomes={outcomes} version={version} pictures={pictures} />}
    </main>
  );
}
