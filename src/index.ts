/**
 * KOSMOS-2 for other people's pages: an engine in a worker, prompts for every task, boxes out.
 * The page reaches its model by the same EngineClient.
 */
import type { EngineClient } from './protocol/client.ts';
import { createEngineClient } from './protocol/worker-client.ts';

export type { ImageBox, UnitBox } from './kosmos2/box.ts';
export { iou, toImageBox, unitBox } from './kosmos2/box.ts';
export type { DecodingOptions } from './kosmos2/decoding-options.ts';
export { Kosmos2Error, type Kosmos2ErrorCode } from './kosmos2/errors.ts';
export type { BoxCorner, Entity, GroundedBox, GroundedText } from './kosmos2/grounded-text.ts';
export * from './kosmos2/patch-index.ts';
export * from './kosmos2/prompt.ts';
export * from './kosmos2/task-prompts.ts';
export type * from './protocol/capture.ts';
export type { EngineClient, OpenOptions, Recovery } from './protocol/client.ts';
export type { AppErrorCode, WireError } from './protocol/errors.ts';
export { AppError } from './protocol/errors.ts';
export { type FindOthersRequest, findOthers, type OtherFound } from './protocol/find-others.ts';
export type * from './protocol/generation.ts';
export { groundText } from './protocol/ground-text.ts';
export type { CheckpointSource, PackageSource } from './protocol/importer-messages.ts';
export type { InspectionSource, ModelChoice, ModelInspection, Verdict } from './protocol/inspection.ts';
export type { BackendChoice, BackendInfo, ImageInfo, ModelInfo, OpenProgress } from './protocol/messages.ts';
export type * from './protocol/scoring.ts';
export type { SelfTestReport } from './protocol/self-test.ts';

/**
 * An engine with a worker of its own, which a bundler finds that follows `new Worker(new URL(...))`, and `?url` for the wasm
 * in it: Vite does; webpack, Rollup and esbuild do not.
 */
export function createEngine(): EngineClient {
  return createEngineClient(
    () => new Worker(new URL('../workers/inference.ts', import.meta.url), { type: 'module', name: 'kosmos2' }),
  );
}
