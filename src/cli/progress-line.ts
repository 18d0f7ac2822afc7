import type { ImportProgress } from '../package/import-meter.ts';
import { type Pace, TransferRate } from '../protocol/transfer-rate.ts';
import { clockTime, type ProgressOutput, statusLine } from './status-line.ts';

const BAR_CELLS = 24;

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
  const line = statusLine(output, clock);
  return {
    show(progress) {
      const pace = rate.add(progress.done - progress.kept, progress.total - progress.done, clock());
      line.show((terminal) => (terminal ? `${bar(progress)} ${summary(progress, pace)}` : summary(progress, pace)));
    },
    clear: () => line.clear(),
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
