import type { BackendInfo } from './messages.ts';

/** Name of the cache in which the browser remembers what came of self-tests, under addresses made of their names. */
export const SELF_TEST_CACHE = 'kosmos2-self-tests';

/** What came of checking an open model against an answer recorded of the reference implementation. */
export interface SelfTestReport {
  /** Positions at which the model was given the recorded answer so far, those of tags left out. */
  readonly positions: number;
  /** At how many of them its first choice was the recorded next token. */
  readonly agreed: number;
  /**
   * Whether the device computes right. Quantization costs some positions; where the picture is not seen, two thirds of the
   * demo model's are lost (measured with zeros, noise and reversed rows in its place), and with broken numbers nearly all: the
   * bound is half.
   */
  readonly passed: boolean;
  /** The same as a sentence. */
  readonly message: string;
  /** What it was checked on. */
  readonly backend: BackendInfo;
  /** After a failure, whether opening the model again takes another way to compute. */
  readonly another: boolean;
}
