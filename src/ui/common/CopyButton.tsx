import type { ReactNode } from 'react';
import * as strings from '../strings.ts';
import { useCopying } from './use-copying.ts';

/** Puts a text on the clipboard, and says for a moment whether that worked. */
export function CopyButton({
  text,
  label,
  className,
}: {
  readonly text: string;
  readonly label: string;
  readonly className: string;
}): ReactNode {
  const [outcome, copy] = useCopying();
  // Where the page is not in a secure context there is no clipboard to write to.
  if (!('clipboard' in navigator)) return null;
  return (
    <button type="button" className={className} disabled={text === ''} onClick={() => copy(text)}>
      {outcome === null ? label : strings.copying[outcome]}
    </button>
  );
}
