import { TransferRate } from '../../protocol/transfer-rate.ts';
import { clockTime, type ProgressOutput, statusLine } from '../status-line.ts';

/** What is told of a row: which it is, and what was wrong with it. */
export interface ReportedRow {
  readonly index: number;
  readonly image?: string | null;
  readonly error?: string | undefined;
  readonly code?: string | undefined;
}

/** Says how far a run is, and in the end what failed. */
export interface RunReport {
  /** Rows that are answered, those of earlier runs included. */
  readonly done: number;
  readonly failed: number;
  /** @param earlier whether an earlier run has answered it */
  add(row: ReportedRow, earlier?: boolean): void;
  /** All rows, once they are counted. */
  expect(total: number): void;
  /**
   * The last words.
   * @param leftOut pictures that formats to train with do not have, as nobody looked for things in them
   */
  end(leftOut?: number): void;
}

interface Failure {
  count: number;
  readonly first: ReportedRow;
}

/**
 * @param clock seconds
 * @param row what a row is called
 */
export function runReport(output: ProgressOutput, clock = () => performance.now() / 1000, row = 'row'): RunReport {
  const rate = new TransferRate();
  const status = statusLine(output, clock);
  const failures = new Map<string, Failure>();
  let total: number | null = null;
  let done = 0;
  let earlierDone = 0;
  let failed = 0;
  const words = () => {
    const { bytesPerSecond: perSecond, secondsLeft } = rate.add(done - earlierDone, (total ?? done) - done, clock());
    return [
      total === null
        ? counted(done, row)
        : `${done} of ${counted(total, row)} (${Math.floor((done / Math.max(1, total)) * 100)}%)`,
      ...(perSecond > 0 ? [pace(perSecond)] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(total !== null && secondsLeft !== null ? [`${clockTime(secondsLeft)} left`] : []),
    ].join(', ');
  };
  return {
    get done() {
      return done;
    },
    get failed() {
      return failed;
    },
    add(line, earlier = false) {
      done += 1;
      if (line.error !== undefined) {
        failed += 1;
        const code = line.code ?? '';
        const known = failures.get(code);
        if (known) known.count += 1;
        else failures.set(code, { count: 1, first: line });
      }
      if (earlier) earlierDone += 1;
      else status.show(words);
    },
    expect(count) {
      total = count;
      rate.add(0, count - done, clock());
    },
    end(leftOut = 0) {
      status.clear();
      const before = earlierDone > 0 ? `, ${earlierDone} of them by an earlier run` : '';
      const answered = failed === 0 ? '' : `${done - failed} of `;
      output.write(`${answered}${counted(done, row)} answered${before}; ${failed === 0 ? 'none' : failed} failed.\n`);
      for (const [code, { count, first }] of failures) {
        const image = first.image ? `, ${first.image}` : '';
        output.write(`  ${count} ${code}, first in row ${first.index}${image}: ${first.error}\n`);
      }
      if (leftOut > 0) {
        const [are, them] = leftOut === 1 ? ['is', 'it'] : ['are', 'them'];
        output.write(
          `  ${counted(leftOut, 'picture')} ${are} left out of coco, yolo and voc, which would say that nothing is in ${them}: no boxes were asked for, as by a caption that names nothing, or the answer was cut off before one. Ask with <grounding>, or allow more by --max-new-tokens.\n`,
        );
      }
    },
  };
}

/** "1 row", "2 rows". */
function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** Slow models are told by the minute or the hour. */
function pace(perSecond: number): string {
  if (perSecond >= 1) return `${perSecond.toFixed(1)}/s`;
  return perSecond >= 1 / 60 ? `${(perSecond * 60).toFixed(1)}/min` : `${(perSecond * 3600).toFixed(1)}/h`;
}
