import type { BenchReply, BenchRequest } from '../../protocol/bench.ts';
import { postFailure } from '../../protocol/post-failure.ts';
import { watchGpuMemory } from './gpu-memory.ts';
import { runBench } from './run-bench.ts';

/** The bench worker's end of the wire. */
export interface BenchPort {
  post(reply: BenchReply): void;
  listen(onRequest: (request: BenchRequest) => void): void;
}

/** Measures what the page asks for. It never throws: every failure becomes a `failed` reply. */
export function serveBench({ post, listen }: BenchPort): void {
  // Before onnxruntime makes its first buffer.
  const memory = watchGpuMemory();
  listen((request) => {
    runBench(request, memory, post)
      .then((report) => post({ type: 'report', report }))
      .catch((thrown) => postFailure(thrown, (error) => post({ type: 'failed', error })));
  });
}
