import { AppError } from '../../protocol/errors.ts';
import type { JournalLine } from './journal.ts';
import type { Row } from './row.ts';

/**
 * The rows that are still to answer: those that failed, and those behind the last one.
 * @throws AppError OPTION_INVALID where the last one is another now; nothing is answered then
 */
export async function* rowsToAnswer(
  rows: AsyncIterable<Row>,
  failed: ReadonlySet<number>,
  last: JournalLine | null,
): AsyncGenerator<Row, void, void> {
  const again: Row[] = [];
  let met = last === null;
  for await (const row of rows) {
    if (last && row.index <= last.index) {
      if (failed.has(row.index)) again.push(row);
      if (row.index < last.index) continue;
      if (!isAnsweredBy(row, last)) throw hasChanged(last, 'is not the one that was answered');
      met = true;
      yield* again;
    } else if (met) yield row;
    else break;
  }
  if (last && !met) throw hasChanged(last, 'was answered and is not there any more');
}

function hasChanged({ index }: JournalLine, how: string): AppError {
  const message = `Row ${index} of the input ${how}: the input has changed. Choose another --out.`;
  return new AppError('OPTION_INVALID', message, { row: index });
}

function isAnsweredBy(row: Row, line: JournalLine): boolean {
  if (row.error) return line.image === undefined;
  const isSame = (of: 'prompt' | 'caption') => row[of] === undefined || row[of] === line[of];
  return line.image === row.image && isSame('prompt') && isSame('caption');
}
