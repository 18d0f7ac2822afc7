import { AppError } from '../protocol/errors.ts';

/**
 * The JSON object in a file's bytes; a byte order mark at the start is skipped.
 * @throws AppError with `code` when the text is not UTF-8, not JSON or not an object
 */
export function parseJsonObject(
  name: string,
  bytes: Uint8Array,
  code: 'PACKAGE_FILE_INVALID' | 'PACKAGE_MANIFEST_INVALID' = 'PACKAGE_FILE_INVALID',
): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const message = `${name} is not JSON (${bytes.length} bytes). Get the file again.`;
    throw new AppError(code, message, { file: name }, cause);
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new AppError(code, `${name} holds no JSON object. Get the file again.`, { file: name });
}
