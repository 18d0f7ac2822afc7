import { type ReactNode, useMemo } from 'react';
import { NOTES } from '../../evaluation/notes.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import { PUBLISHED } from '../../evaluation/published.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { summarise } from '../../evaluation/summary.ts';
import * as strings from '../all-strings.ts';
import type { RunPlan } from './run-plan.ts';

interface Props {
  readonly plan: RunPlan;
  readonly samples: readonly Sample[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Of the outcomes, which grow in place. */
  readonly version: number;
}

/** The figures so far beside the published ones, and by category. */
export function SummaryTables({ plan, samples, outcomes, version }: Props): ReactNode {
  const words = strings.evaluation;
  // The map is the same while it grows; its version tells.
  const summary = useMemo(() => summarise(samples, outcomes), [samples, outcomes, version]);
  const published = PUBLISHED[plan.dataset]?.[plan.split];
  const note = NOTES[plan.dataset];
  const metrics = summary.figures.map(({ metric }) => metric);
  return (
    <>
      <div className="wide">
        <table className="figures">
          <caption>{words.figures(summary.samples, summary.failed)}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{words.here}</th>
              {published && <th scope="col">{words.published}</th>}
            </tr>
          </thead>
          <tbody>
            {summary.figures.map(({ metric, value }) => (
              <tr key={metric}>
                <th scope="row">{words.metric(metric)}</th>
                <td>{words.figure(value)}</td>
                {published && <td>{published[metric] === undefined ? '–' : words.figure(published[metric])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note && <p className="about">{words.note(plan.dataset, note)}</p>}
      {summary.categories.length > 1 && (
        <div className="wide">
          <table>
            <caption>{words.categories}</caption>
            <thead>
              <tr>
                <td />
                <th scope="col">{words.samplesColumn}</th>
                {metrics.map((metric) => (
                  <th key={metric} scope="col">
                    {words.metric(metric)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {summary.categories.map(({ category, samples: counted, figures }) => (
                <tr key={category}>
                  <th scope="row">{category}</th>
                  <td>{counted}</td>
                  {metrics.map((name) => {
                    const figure = figures.find(({ metric }) => metric === name);
                    return <td key={name}>{figure ? words.figure(figure.value) : '–'}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
