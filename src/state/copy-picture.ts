import { clipping } from './late-parts.ts';

/**
 * Puts a picture on the clipboard as PNG. It goes in unmade: Safari takes it only in the press itself.
 * @throws AppError CLIPBOARD_DENIED; what making it throws
 */
export async function copyPicture(png: Promise<Blob>): Promise<void> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch (thrown) {
    // A browser says the same of a picture that could not be made.
    await png;
    throw (await clipping()).clipboardError(thrown);
  }
}
