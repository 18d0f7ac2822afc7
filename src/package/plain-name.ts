import { AppError } from '../protocol/errors.ts';

/**
 * A name as it comes from a manifest or an index file: none may lead out of its folder.
 * @throws AppError PACKAGE_FILE_INVALID where it is anything but a plain file name
 */
export function plainName(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return name;
  const message = `${JSON.stringify(name.slice(0, 100))} is no plain file name. Get the package from a source you trust.`;
  throw new AppError('PACKAGE_FILE_INVALID', message, { file: name });
}
