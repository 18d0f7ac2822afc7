import type { ModelPackage } from '../../package/model-package.ts';
import type { CaptureReport, CaptureWish } from '../../protocol/capture.ts';
import type { Engine } from '../engine.ts';
import { QUIET } from '../test-quietly.ts';

export interface QuietCapture {
  readonly engine: Engine;
  /** Its weights are read once more. */
  readonly pkg: ModelPackage;
  readonly wish: CaptureWish;
  /** Whether there is time for it. */
  isIdle(): boolean;
  readonly signal: AbortSignal;
}

/**
 * Tries graph capture while nobody asks anything, and goes on another time whenever somebody does.
 * @returns null where `signal` aborted
 * @throws AppError DEVICE_LOST
 */
export async function captureQuietly({
  engine,
  pkg,
  wish,
  isIdle,
  signal,
}: QuietCapture): Promise<CaptureReport | null> {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, QUIET));
    const report = !signal.aborted && isIdle() ? await engine.tryCapture(pkg, wish, signal) : null;
    if (report) return report;
  }
  return null;
}
