import type { ReactNode } from 'react';
import type { BenchReport } from '../../protocol/bench.ts';
import * as strings from '../all-strings.ts';
import { CopyButton } from '../common/CopyButton.tsx';

/** What was measured where, and all of it as JSON to take along. */
export function BenchReportView({ report }: { readonly report: BenchReport }): ReactNode {
  const words = strings.bench;
  const json = JSON.stringify(report, null, 2);
  const { model, backend, skipped } = report;
  return (
    <section className="report">
      <p>{words.ran(model.name, model.bytes, `${backend.adapter} (${backend.activation})`)}</p>
      {skipped.map(({ stage, why }) => (
        <p key={stage}>{words.skipped(stage, why)}</p>
      ))}
      <CopyButton text={json} label={words.copy} className="button" />
      <textarea className="json" readOnly rows={14} aria-label="JSON" value={json} />
    </section>
  );
}
