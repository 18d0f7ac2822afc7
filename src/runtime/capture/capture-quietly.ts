import type { ModelPackage } from '../../package/model-package.ts';
import type { CaptureReport, CaptureWish } from '../../protocol/capture.ts';
import type { Engine } from '../engine.ts';
import { type Quiet, untilQuiet } from '../quiet.ts';

export interface QuietCapture extends Quiet {
  readonly engine: Engine;
  /** Its weights are read once more. */
  readonly pkg: ModelPackage;
  readonly wish: CaptureWish;
  /** Hears why tokens are run plainly again, should the recording fail after the trial. */
  readonly onLost: (report: CaptureReport) => void;
}

/**
 * Tries graph capture while nobody asks anything, and goes on another time whenever somebody does.
 * @returns null where `signal` aborted
 * @throws AppError DEVICE_LOST
 */
export async function captureQuietly(quiet: QuietCapture): Promise<CaptureReport | null> {
  const { engine, pkg, wish, onLost, signal } = quiet;
  while (!signal.aborted) {
    await untilQuiet(quiet);
    const report = signal.aborted ? null : await engine.tryCapture(pkg, wish, signal, onLost);
    if (report) return report;
  }
  return null;
}
