import { type ReactNode, useState } from 'react';
import { BENCH_STAGES, type BenchRequest } from '../../protocol/bench.ts';
import type { BackendChoice } from '../../protocol/messages.ts';
import * as strings from '../all-strings.ts';
import { useAwake } from '../common/use-awake.ts';
import { BenchReportView } from './BenchReportView.tsx';
import { BenchTable } from './BenchTable.tsx';
import { ShareChart } from './ShareChart.tsx';
import { useBench } from './use-bench.ts';

const BACKENDS = ['auto', 'webgpu', 'wasm'] as const;

/** A device measured: what it can do, and how close the model comes to it. Nothing runs before a person says so. */
export function BenchPage({ model, backend, runs }: BenchRequest): ReactNode {
  const words = strings.bench;
  const [choice, setChoice] = useState<BackendChoice>(backend);
  const { bench, run, stop } = useBench();
  const { phase, stage, rows, report, error } = bench;
  const running = phase === 'running';
  useAwake(running);
  const at = stage === null ? 0 : BENCH_STAGES.indexOf(stage);
  return (
    <main className="bench">
      <a className="link" href="./">
        {words.back}
      </a>
      <h1>{words.title}</h1>
      <p className="about">{words.about}</p>
      <p className="model">{words.model(model)}</p>
      <fieldset disabled={running}>
        <legend>{words.backend}</legend>
        {BACKENDS.map((one) => (
          <label key={one}>
            <input type="radio" name="backend" checked={choice === one} onChange={() => setChoice(one)} />
            {words.backends[one]}
          </label>
        ))}
      </fieldset>
      <div className="buttons">
        {running ? (
          <button type="button" className="button" onClick={stop}>
            {words.stop}
          </button>
        ) : (
          <button type="button" className="button primary" onClick={() => run({ model, backend: choice, runs })}>
            {phase === 'idle' ? words.run : words.again}
          </button>
        )}
      </div>
      <div role="status">
        {running && stage && (
          <>
            <progress value={at} max={BENCH_STAGES.length} aria-label={words.title} />
            <p>{words.measuring(stage, at + 1, BENCH_STAGES.length)}</p>
          </>
        )}
        {phase === 'stopped' && <p>{words.stopped}</p>}
      </div>
      {error && (
        <p className="bad" role="alert">
          {strings.errors.sentence(error)}
        </p>
      )}
      {rows.length > 0 && (
        <>
          <ShareChart rows={rows} memory={report?.gpuMemory ?? null} />
          <BenchTable rows={rows} memory={report?.gpuMemory ?? null} />
        </>
      )}
      {report && <BenchReportView report={report} />}
    </main>
  );
}
