import { AppError } from '../../protocol/errors.ts';
import type { JournalLine } from './journal.ts';
import type { Row } from './row.ts';

/** What an earlier run has left. */
export interface EarlierAnswers {
  readonly last: JournalLine | null;
  /** The last one that did not fail. */
  readonly answered: JournalLine | null;
  /** Rows that did. */
  readonly failed: ReadonlySet<number>;
}

/**
 * The rows that are still to answer: those that failed, which may have been mended since, and those behind the last one.
 * @throws AppError OPTION_INVALID where the last answered one is another now; nothing is answered then
 */
export async function* rowsToAnswer(
  rows: AsyncIterable<Row>,
  { last, answered, failed }: EarlierAnswers,
): AsyncGenerator<Row, void, void> {
  const again: Row[] = [];
  let awaited = answered ?? last;
  for await (const row of rows) {
    if (last && row.index <= last.index) {
      if (failed.has(row.index)) again.push(row);
      if (row.index === answered?.index) {
        if (!isAnsweredBy(row, answered)) throw hasChanged(answered, 'is not the one that was answered');
        awaited = last;
      }
      if (row.index < last.index || awaited !== last) continue;
      awaited = null;
      yield* again;
    } else if (awaited === null) yield row;
    else break;
  }
  if (awaited) throw hasChanged(awaited, 'was answered and is not there any more');
}

function hasChanged({ index }: JournalLine, how: string): AppError {
  const message = `Row ${index} of the input ${how}: the input has changed. Choose another --out.`;
  return new AppError('OPTION_INVALID', message, { row: index });
}

function isAnsweredBy(row: Row, line: JournalLine): boolean {
  if (row.error) return false;
  const isSame = (of: 'prompt' | 'caption') => row[of] === undefined || row[of] === line[of];
  return line.image === row.image && isSame('prompt') && isSame('caption');
}
