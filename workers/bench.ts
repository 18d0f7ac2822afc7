import type { BenchReply, BenchRequest } from '../src/protocol/bench.ts';
import { startWorker } from './start-worker.ts';

startWorker<BenchRequest, BenchReply>(async () => (await import('../src/runtime/bench/serve-bench.ts')).serveBench);
