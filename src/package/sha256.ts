import { AppError } from '../protocol/errors.ts';

/**
 * SHA-256 of some bytes in lower-case hex.
 * @throws AppError INSECURE_CONTEXT on a page without https, where browsers take away crypto.subtle
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // The type says it is always there; on an insecure page it is not.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) {
    const message =
      'Files cannot be checked here: this page was not opened over https or on localhost. Open it at an https address.';
    throw new AppError('INSECURE_CONTEXT', message);
  }
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
