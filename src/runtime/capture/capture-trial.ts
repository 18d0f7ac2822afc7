import type { ModelPackage } from '../../package/model-package.ts';
import type { CaptureReport, CaptureWish } from '../../protocol/capture.ts';
import type { Decoder } from '../decoder.ts';
import { failureOn } from '../device-loss.ts';
import { notUsed } from './capture-refusal.ts';
import { CapturedStep } from './captured-step.ts';
import { type Comparison, compareSteps, type StepTime } from './compare-steps.ts';

/** Finds out whether tokens may be run from a recording, and lets the decoder do so where they may. */
export class CaptureTrial {
  readonly #decoder: Decoder;
  readonly #pkg: ModelPackage;
  readonly #wish: CaptureWish;
  readonly #onLost: (report: CaptureReport) => void;
  /** Kept while the trial gives way, so that it need not be made again. */
  #step: CapturedStep | null = null;

  /** @param onLost hears why tokens are run plainly again, should the recording fail after the trial */
  constructor(decoder: Decoder, pkg: ModelPackage, wish: CaptureWish, onLost: (report: CaptureReport) => void) {
    this.#decoder = decoder;
    this.#pkg = pkg;
    this.#wish = wish;
    this.#onLost = onLost;
  }

  /**
   * @returns null when `stopped` aborts: it can be run again
   * @throws AppError DEVICE_LOST; whatever else goes wrong is a reason not to capture
   */
  async run(stopped: AbortSignal): Promise<CaptureReport | null> {
    try {
      this.#step ??= await CapturedStep.create(this.#pkg, this.#decoder);
      const { embedDim } = this.#pkg.config.text;
      const comparison = await compareSteps(this.#decoder, this.#step, embedDim, stopped);
      if (!comparison) return null;
      const report = judge(comparison, this.#wish);
      if (report.used) {
        this.#decoder.adopt(this.#step, ({ message }) => this.#onLost(notUsed(`it failed in an answer: ${message}`)));
        this.#step = null;
      }
      await this.dispose();
      return report;
    } catch (thrown) {
      const error = await failureOn(this.#decoder.backend.device, thrown);
      if (error.code === 'DEVICE_LOST') throw error;
      await this.dispose();
      return notUsed(error.message);
    }
  }

  /** Frees what it has made and the decoder has not adopted. */
  async dispose(): Promise<void> {
    const step = this.#step;
    this.#step = null;
    await step?.dispose();
  }
}

function judge({ logits, different, plain, captured }: Comparison, wish: CaptureWish): CaptureReport {
  const milliseconds = { plain: plain.computed, captured: captured.computed };
  if (different > 0) {
    return { used: false, message: `off: ${different} of ${logits} logits differ from the plain ones`, milliseconds };
  }
  const told = ({ submitted, computed }: StepTime) =>
    `${computed.toFixed(1)} ms a token, ${submitted.toFixed(1)} to submit it`;
  const why = `all ${logits} logits are the plain ones; ${told(captured)}; plainly ${told(plain)}`;
  const used = wish === 'on' || captured.computed < plain.computed;
  return { used, message: used ? `on: ${why}` : `off: not faster; ${why}`, milliseconds };
}
