import { AppError } from '../protocol/errors.ts';
import type { FileRecord } from './manifest.ts';
import { sha256 } from './sha256.ts';

const NEXT = 'Get the package again, or import the model again.';

/**
 * Checks a file of a package against its manifest.
 * @param location place of the package, for messages
 * @throws AppError PACKAGE_FILE_INVALID, INSECURE_CONTEXT
 */
export async function checkFile(
  location: string,
  file: string,
  bytes: Uint8Array,
  expected: FileRecord,
): Promise<void> {
  checkLength(location, file, bytes.length, expected);
  const hash = await sha256(bytes);
  if (hash === expected.sha256) return;
  const message = `${file} in ${location} is damaged: its SHA-256 is ${hash}, its manifest says ${expected.sha256}. ${NEXT}`;
  throw new AppError('PACKAGE_FILE_INVALID', message, { file, expected: expected.sha256, actual: hash });
}

/** The part of the check that needs no bytes. @throws AppError PACKAGE_FILE_INVALID */
export function checkLength(location: string, file: string, bytes: number, expected: FileRecord): void {
  if (bytes === expected.bytes) return;
  const message = `${file} in ${location} has ${bytes} bytes, its manifest says ${expected.bytes}. ${NEXT}`;
  throw new AppError('PACKAGE_FILE_INVALID', message, { file, expected: expected.bytes, actual: bytes });
}
