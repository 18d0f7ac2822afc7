import type { SentMessage } from './count-sent.ts';
import type { WireError } from './errors.ts';
import type { BackendChoice, BackendInfo } from './messages.ts';

/** Name under which the bench stores a model to open it from there; no model of a person's is likely to have it. */
export const MEASURED_COPY = 'bench.measured-copy';

/** What the bench of a device measures, in its order. */
export const BENCH_STAGES = [
  'copy',
  'product',
  'load-cold',
  'first-token',
  'follow-up',
  'load-stored',
  'encode',
  'prefill',
  'decode-64',
  'decode-256',
  'decode-500',
] as const;

export type BenchStage = (typeof BENCH_STAGES)[number];

/** Milliseconds of the counted runs of a stage. */
export interface BenchTime {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** What bounds a stage: copying memory, multiplying matrices, or reading files and bringing them to the device. */
export type BenchCeiling = 'copy' | 'product' | 'read';

export interface BenchRow {
  readonly stage: BenchStage;
  readonly time: BenchTime;
  /** What one run gets through. */
  readonly amount: number;
  readonly unit: 'MB' | 'GFLOP' | 'image' | 'token' | 'tokens' | 'answer';
  /** The least time the device could need, by its own ceilings; null where no ceiling bounds the stage. */
  readonly ceiling: { readonly of: BenchCeiling; readonly milliseconds: number; readonly share: number } | null;
}

/** What the GPU held of a model at its most, beside what no way of running could do without: its weights and a full KV cache. */
export interface BenchMemory {
  readonly bytes: number;
  readonly leastBytes: number;
  /** The second by the first. */
  readonly share: number;
}

/** A whole run of the bench, as it is copied. */
export interface BenchReport {
  readonly date: string;
  readonly browser: string;
  readonly cores: number;
  readonly isolated: boolean;
  readonly backend: BackendInfo;
  readonly model: { readonly name: string; readonly scheme: string; readonly bytes: number };
  /** Bytes read and written a second by a copy, and floating-point operations a second by a product of matrices. */
  readonly device: { readonly copyBytesPerSecond: number; readonly operationsPerSecond: number };
  /** Null where nothing runs on a GPU. */
  readonly gpuMemory: BenchMemory | null;
  readonly rows: readonly BenchRow[];
  /** Stages that could not be measured, and why. */
  readonly skipped: readonly { readonly stage: BenchStage; readonly why: string }[];
}

/** Page to worker, once. To stop it, end the worker. */
export interface BenchRequest {
  /** Folder of the package, absolute, ending in `/`; or `stored:<name>`. */
  readonly model: string;
  readonly backend: BackendChoice;
  /** Counted runs of each stage. */
  readonly runs: number;
}

/** Worker to page. */
export type BenchReply =
  | SentMessage
  | { readonly type: 'stage'; readonly stage: BenchStage }
  | { readonly type: 'row'; readonly row: BenchRow }
  | { readonly type: 'report'; readonly report: BenchReport }
  | { readonly type: 'failed'; readonly error: WireError };
