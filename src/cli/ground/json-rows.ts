import { AppError } from '../../protocol/errors.ts';
import { parsedLines } from '../lines.ts';
import type { Item } from './row.ts';

/** Names that end like a file; keys of GrIT as it is downloaded have no ending. */
const FILE = /\.[a-z0-9]{2,5}$/i;

/**
 * An item for every line that is not blank: `{"image", "prompt"}`, `{"image", "caption"}`, `{"image"}` alone, or a line of
 * GrIT (`key` and `caption`), whose picture is the file `key`, by default a JPEG.
 * @throws AppError OPTION_INVALID at a line longer than 1,000,000 characters
 */
export function readJsonRows(
  input: AsyncIterable<Uint8Array | string>,
  prompt: string,
): AsyncGenerator<Item, void, void> {
  return parsedLines(input, (line) => parseRow(line, prompt));
}

function parseRow(line: string, asked: string): Item {
  const fields = jsonObject(line);
  const image = fields.image ?? pictureOfKey(fields.key) ?? null;
  const { prompt, caption } = fields;
  const task = typeof prompt === 'string' ? { prompt } : typeof caption === 'string' ? { caption } : null;
  const named = typeof image === 'string' && image !== '';
  if (task && (named || image === null)) return { image, ...task };
  if (named && prompt === undefined && caption === undefined) return { image, prompt: asked };
  throw new AppError(
    'OPTION_INVALID',
    'This line is not {"image": FILE, "prompt": TEXT} or {"image": FILE, "caption": TEXT} in JSON.',
  );
}

function jsonObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function pictureOfKey(key: unknown): string | undefined {
  if (typeof key !== 'string' || key === '') return undefined;
  return FILE.test(key) ? key : `${key}.jpg`;
}
