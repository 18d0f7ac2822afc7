import { useEffect, useState } from 'react';

/** How long it is told, in milliseconds. */
const TELL = 1500;

type Outcome = 'copied' | 'refused';

/** Puts texts on the clipboard. @returns for a moment, whether that worked; and what copies one */
export function useCopying(): readonly [outcome: Outcome | null, copy: (text: string) => void] {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), TELL);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  return [outcome, copy];
}
