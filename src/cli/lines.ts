import { once } from 'node:events';
import { AppError, toAppError } from '../protocol/errors.ts';

/** Longest line read, in UTF-16 units: no prompt or answer comes near it, and memory stays bounded. */
const MAX_LINE = 1_000_000;

/**
 * The lines of a UTF-8 stream, without their ends. Only `\n` (or `\r\n`) ends a line: JSON text may hold U+2028 and
 * U+2029 as they are, which `node:readline` would split at.
 * @throws AppError OPTION_INVALID at a line longer than 1,000,000 characters
 */
export async function* readLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 1;
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const parts = text.split('\n');
    parts[0] = rest + parts[0];
    rest = parts.pop() ?? '';
    for (const line of parts) {
      yield checked(line, number).replace(/\r$/, '');
      number += 1;
    }
    checked(rest, number);
  }
  rest += decoder.decode();
  if (rest !== '') yield checked(rest, number).replace(/\r$/, '');
}

function checked(line: string, number: number): string {
  if (line.length <= MAX_LINE) return line;
  throw new AppError(
    'OPTION_INVALID',
    `Line ${number} is longer than ${MAX_LINE} characters; put every item on a line of its own.`,
    { line: number, limit: MAX_LINE },
  );
}

/**
 * What is read out of every line that is not blank; a line that cannot be read keeps its place.
 * @throws AppError OPTION_INVALID at a line longer than 1,000,000 characters
 */
export async function* parsedLines<T>(
  input: AsyncIterable<Uint8Array | string>,
  parse: (line: string) => T,
): AsyncGenerator<T | { readonly error: AppError }, void, void> {
  for await (const line of readLines(input)) {
    if (line.trim() === '') continue;
    try {
      yield parse(line);
    } catch (thrown) {
      yield { error: toAppError(thrown) };
    }
  }
}

/** Writes one line and waits while the reader is behind. */
export async function printLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/**
 * Answers every line with one line of JSON, in order, as soon as it is read. A line that fails is answered with
 * `{"error"}` and the rest goes on; blank lines are passed over.
 * @throws AppError OPTION_INVALID at the end where any line failed, so that the exit code tells
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array | string>,
  answer: (line: string) => object | Promise<object>,
): Promise<void> {
  let lines = 0;
  let failed = 0;
  for await (const line of readLines(input)) {
    if (line.trim() === '') continue;
    lines += 1;
    let reply: object;
    try {
      reply = await answer(line);
    } catch (thrown) {
      failed += 1;
      reply = { error: toAppError(thrown).message };
    }
    await printLine(JSON.stringify(reply));
  }
  if (failed > 0) throw failedLines(failed, lines);
}

/** What a command ends with where lines failed, so that its exit code tells. */
export function failedLines(failed: number, lines: number): AppError {
  return new AppError('OPTION_INVALID', `${failed} of ${lines} lines failed; see "error" in the output.`, {
    failed,
    lines,
  });
}

/** A line as the JSON string it should be. @throws AppError OPTION_INVALID */
export function jsonString(line: string): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value === 'string') return value;
  const shown = line.length > 40 ? `${line.slice(0, 40)}...` : line;
  throw new AppError('OPTION_INVALID', `This line is not a JSON string: ${shown} Write it like "An image of".`);
}
