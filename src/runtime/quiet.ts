/** Milliseconds without a request after which a worker is taken to be idle. */
const QUIET = 1500;

/** What goes on behind an open model. */
export interface Quiet {
  /** Whether nothing is asked of the model. */
  isIdle(): boolean;
  readonly signal: AbortSignal;
}

/** Waits until nothing was asked for a while, or until `signal` aborts. */
export async function untilQuiet({ isIdle, signal }: Quiet): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, QUIET));
  while (!isIdle() && !signal.aborted);
}
