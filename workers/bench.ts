/// <reference lib="webworker" />
import type { BenchReply, BenchRequest } from '../src/protocol/bench.ts';
import { countSent } from '../src/protocol/count-sent.ts';
import { toWire } from '../src/protocol/errors.ts';
import { watchGpuMemory } from '../src/runtime/bench/gpu-memory.ts';
import { runBench } from '../src/runtime/bench/run-bench.ts';

declare const self: DedicatedWorkerGlobalScope;

const post = (reply: BenchReply) => self.postMessage(reply);

countSent(self, (bytes) => post({ type: 'sent', bytes }));
// Before onnxruntime makes its first buffer.
const memory = watchGpuMemory();
self.addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => {
  runBench(data, memory, post).then(
    (report) => post({ type: 'report', report }),
    (thrown) => post({ type: 'failed', error: toWire(thrown) }),
  );
});
