import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '../../protocol/errors.ts';
import type { Item } from './row.ts';

/**
 * An item for every row of a CSV file whose first line names its columns: `image`, and `prompt` or `caption` or neither.
 * @throws AppError OPTION_INVALID for a file without a column `image`, or with a row that cannot be read
 */
export async function* readCsvRows(
  input: AsyncIterable<Uint8Array | string>,
  asked: string,
): AsyncGenerator<Item, void, void> {
  const columns = (names: readonly string[]) => names.map((name) => name.trim().toLowerCase());
  // A space behind a comma belongs to neither side of it; those of a prompt's own stand in quotes, or at its end.
  const rows = parse({ columns, ltrim: true, bom: true, skip_empty_lines: true });
  // A failure of reading goes through the rows, to the one who waits for them.
  pipeline(Readable.from(input), rows, () => {});
  try {
    for await (const row of rows as AsyncIterable<Record<string, string>>) yield item(row, asked);
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const { message, lines } = thrown;
    throw new AppError('OPTION_INVALID', `The CSV file cannot be read at line ${lines}: ${message}. Mend it.`);
  }
}

function item({ image, prompt, caption }: Record<string, string>, asked: string): Item {
  if (image === undefined) {
    throw new AppError('OPTION_INVALID', 'The CSV file has no column "image". Name its columns in the first line.');
  }
  const picture = image.trim() || null;
  if (prompt) return { image: picture, prompt };
  if (caption) return { image: picture, caption };
  if (picture) return { image: picture, prompt: asked };
  return { error: new AppError('OPTION_INVALID', 'This row has neither an image nor a prompt.') };
}
