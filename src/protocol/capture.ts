/**
 * Whether tokens may be run from a recording of the GPU's work (WebGPU only): `auto` where a trial shows on this device that
 * it gives the same logits and takes less time, `on` wherever it gives the same, `off` never.
 */
export type CaptureWish = 'auto' | 'on' | 'off';

/** What came of the trial. */
export interface CaptureReport {
  /** Whether tokens are run from a recording from now on. */
  readonly used: boolean;
  /** Why, in English, for bug reports. */
  readonly message: string;
  /** Milliseconds a token took both ways in the trial; null where it did not come to that. */
  readonly milliseconds: { readonly plain: number; readonly captured: number } | null;
}
