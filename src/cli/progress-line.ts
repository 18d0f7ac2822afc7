import type { ImportProgress } from '../package/import-meter.ts';
import { type Pace, TransferRate } from '../protocol/transfer-rate.ts';

const BAR_CELLS = 24;
/** Between two redraws of the bar, and between two lines where there is no terminal. */
const REDRAW_SECONDS = 0.1;
const LINE_SECONDS = 10;

/** Where progress is written: standard error, or a stand-in. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows the progress of an import. */
export interface ProgressLine {
  show(progress: ImportProgress): void;
  /** Takes the bar away, so that whatever is said next stands in its place. */
  clear(): void;
}

/**
 * A bar with bytes, rate and time left on a terminal; elsewhere, as in a log, a plain line every ten seconds.
 * @param clock seconds
 */
export function progressLine(output: ProgressOutput, clock = () => performance.now() / 1000): ProgressLine {
  const rate = new TransferRate();
  let next = clock() + (output.isTTY ? 0 : LINE_SECONDS);
  return {
    show(progress) {
      const now = clock();
      const pace = rate.add(progress.done - progress.kept, progress.total - progress.done, now);
      if (now < next) return;
      next = now + (output.isTTY ? REDRAW_SECONDS : LINE_SECONDS);
      output.write(
        output.isTTY ? `\x1b[K${bar(progress)} ${summary(progress, pace)}\r` : `${summary(progress, pace)}\n`,
      );
    },
    clear() {
      if (output.isTTY) output.write('\x1b[K');
    },
  };
}

function bar({ done, total }: ImportProgress): string {
  const cells = Math.round((done / total) * BAR_CELLS);
  return `[${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}]`;
}

function summary({ done, total, weight }: ImportProgress, { bytesPerSecond, secondsLeft }: Pace): string {
  const share = `${Math.floor((done / total) * 100)}%, ${megabytes(done)} of ${megabytes(total)} MB`;
  if (weight === null) return `${share}, checking what an earlier try has left`;
  if (secondsLeft === null) return share;
  return `${share}, ${megabytes(bytesPerSecond)} MB/s, ${clockTime(secondsLeft)} left`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}

/** `m:ss`, or `h:mm:ss`. */
function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const digits = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${digits(minutes)}:${digits(whole % 60)}` : `${minutes}:${digits(whole % 60)}`;
}
