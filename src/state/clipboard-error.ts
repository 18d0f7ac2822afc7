import { AppError, toAppError } from '../protocol/errors.ts';

/** Why a picture is not on the clipboard: there is none for pictures, it may not be written to, or something else. */
export function clipboardError(thrown: unknown): AppError {
  const refused =
    !('clipboard' in navigator) || !('ClipboardItem' in globalThis) || (thrown as Error).name === 'NotAllowedError';
  const message =
    'This browser does not let the page copy pictures. Allow the clipboard for this site, or export the picture as a file.';
  return refused ? new AppError('CLIPBOARD_DENIED', message, {}, thrown) : toAppError(thrown);
}
