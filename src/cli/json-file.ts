import { readFile, stat } from 'node:fs/promises';
import { AppError, reasonOf } from '../protocol/errors.ts';

/** Largest JSON file read: ten times the real tokenizer.json, the largest there is. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Parses a JSON file whose top level is an object.
 * @throws AppError PACKAGE_FILE_MISSING or PACKAGE_FILE_INVALID
 */
export async function readJsonObject(path: string): Promise<Record<string, unknown>> {
  const value: unknown = await readJson(path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AppError('PACKAGE_FILE_INVALID', `${path} does not hold a JSON object; check that it is the right file.`);
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      const message = `${path} has ${size} bytes, more than the ${MAX_BYTES} a JSON file may have; check the path.`;
      throw new AppError('PACKAGE_FILE_INVALID', message, { size, limit: MAX_BYTES });
    }
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown error';
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new AppError('PACKAGE_FILE_MISSING', `Cannot read ${path}: ${why}; check the path.`, { path, code });
  }
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const why = reasonOf(thrown);
    throw new AppError('PACKAGE_FILE_INVALID', `${path} is not valid JSON: ${why}; fetch the file again.`, { path });
  }
}
