import { useEffect, useRef, useState } from 'react';
import {
  type BenchReply,
  type BenchReport,
  type BenchRequest,
  type BenchRow,
  type BenchStage,
  MEASURED_COPY,
} from '../../protocol/bench.ts';
import { AppError, toWire, type WireError } from '../../protocol/errors.ts';
import { importer } from '../models/importer.ts';

/** Where the bench stands. */
export type BenchPhase = 'idle' | 'running' | 'stopped' | 'done' | 'failed';

export interface Bench {
  readonly phase: BenchPhase;
  readonly stage: BenchStage | null;
  readonly rows: readonly BenchRow[];
  readonly report: BenchReport | null;
  readonly error: WireError | null;
}

const LOST = 'The worker that measured has ended. The device may be out of memory: close other tabs and run it again.';

const IDLE: Bench = { phase: 'idle', stage: null, rows: [], report: null, error: null };

/** Deletes what a worker that was ended had stored, whole or in part; where nothing can be stored there is nothing to delete. */
function forgetCopy(): void {
  void importer()
    .remove(MEASURED_COPY)
    .catch(() => {});
}

/** Runs the bench in a worker of its own, which ends with it: so a stop is one at once, and nothing of it stays in memory. */
export function useBench(): {
  readonly bench: Bench;
  readonly run: (request: BenchRequest) => void;
  readonly stop: () => void;
} {
  const [bench, setBench] = useState<Bench>(IDLE);
  const worker = useRef<Worker | null>(null);
  const end = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  useEffect(() => {
    document.documentElement.dataset.bench = bench.phase;
  }, [bench.phase]);

  function run(request: BenchRequest): void {
    end();
    setBench({ ...IDLE, phase: 'running' });
    const started = new Worker(new URL('../../../workers/bench.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    const fail = (error: WireError) => {
      end();
      forgetCopy();
      setBench((before) => ({ ...before, phase: 'failed', error }));
    };
    started.addEventListener('error', () => fail(toWire(new AppError('WORKER_LOST', LOST, { part: 'bench' }))));
    started.addEventListener('message', ({ data: reply }: MessageEvent<BenchReply>) => {
      switch (reply.type) {
        case 'stage':
          return setBench((before) => ({ ...before, stage: reply.stage }));
        case 'row':
          return setBench((before) => ({ ...before, rows: [...before.rows, reply.row] }));
        case 'report':
          end();
          return setBench((before) => ({ ...before, phase: 'done', report: reply.report }));
        case 'failed':
          return fail(reply.error);
      }
    });
    started.postMessage(request);
  }

  function stop(): void {
    end();
    forgetCopy();
    setBench((before) => ({ ...before, phase: 'stopped' }));
  }

  return { bench, run, stop };
}
