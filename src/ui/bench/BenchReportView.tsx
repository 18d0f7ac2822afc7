import { type ReactNode, useState } from 'react';
import type { BenchReport } from '../../protocol/bench.ts';
import * as strings from '../all-strings.ts';

/** What was measured where, and all of it as JSON to take along. */
export function BenchReportView({ report }: { readonly report: BenchReport }): ReactNode {
  const words = strings.bench;
  const [copied, setCopied] = useState(false);
  const json = JSON.stringify(report, null, 2);
  const { model, backend, skipped } = report;
  return (
    <section className="report">
      <p>{words.ran(model.name, model.bytes, `${backend.adapter} (${backend.activation})`)}</p>
      {skipped.map(({ stage, why }) => (
        <p key={stage}>{words.skipped(stage, why)}</p>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => void navigator.clipboard.writeText(json).then(() => setCopied(true))}
      >
        {copied ? words.copied : words.copy}
      </button>
      <textarea className="json" readOnly rows={14} aria-label="JSON" value={json} />
    </section>
  );
}
