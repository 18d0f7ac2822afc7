import type { MadeFile } from './make-export.ts';

/** Saves a file as the browser saves downloads. */
export function save({ name, blob }: MadeFile): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the bytes must live until it is done reading them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Whether this browser can hand a file to other apps. */
export function canShare(): boolean {
  return 'canShare' in navigator && navigator.canShare({ files: [new File([''], 'a.png', { type: 'image/png' })] });
}

/** Hands a file to other apps. A person who thinks better of it is no failure. */
export async function share({ name, blob }: MadeFile, text: string): Promise<void> {
  try {
    await navigator.share({ files: [new File([blob], name, { type: blob.type })], text });
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) throw thrown;
  }
}
