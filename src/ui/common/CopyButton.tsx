import { type ReactNode, useEffect, useState } from 'react';
import * as strings from '../strings.ts';

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
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 1500);
    return () => clearTimeout(timer);
  }, [outcome]);
  // Where the page is not in a secure context there is no clipboard to write to.
  if (!('clipboard' in navigator)) return null;
  return (
    <button
      type="button"
      className={className}
      disabled={text === ''}
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => setOutcome('copied'),
          () => setOutcome('refused'),
        )
      }
    >
      {outcome === null ? label : strings.copying[outcome]}
    </button>
  );
}
