/** Between two redraws on a terminal, and between two lines where there is none. */
const REDRAW_SECONDS = 0.1;
const LINE_SECONDS = 10;

/** Where progress is written: standard error, or a stand-in. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that says how far something is. */
export interface StatusLine {
  /** @param text made only when it is shown; `terminal` where there is one to redraw on */
  show(text: (terminal: boolean) => string): void;
  /** Takes the line away, so that whatever is said next stands in its place. */
  clear(): void;
}

/**
 * A line that is redrawn on a terminal; elsewhere, as in a log, a plain line every ten seconds.
 * @param clock seconds
 */
export function statusLine(output: ProgressOutput, clock: () => number): StatusLine {
  const terminal = output.isTTY === true;
  let next = clock() + (terminal ? 0 : LINE_SECONDS);
  return {
    show(text) {
      const now = clock();
      if (now < next) return;
      next = now + (terminal ? REDRAW_SECONDS : LINE_SECONDS);
      output.write(terminal ? `\x1b[K${text(true)}\r` : `${text(false)}\n`);
    },
    clear() {
      if (terminal) output.write('\x1b[K');
    },
  };
}

/** Seconds as `m:ss`, or `h:mm:ss`. */
export function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const digits = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${digits(minutes)}:${digits(whole % 60)}` : `${minutes}:${digits(whole % 60)}`;
}
