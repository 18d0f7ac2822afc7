import { useCallback, useEffect, useState } from 'react';
import { type AppError, toAppError } from '../../protocol/errors.ts';
import type { ModelInspection } from '../../protocol/inspection.ts';
import { useActions } from '../common/app-context.ts';
import type { ModelSubject } from './model-subject.ts';

/** What is known of the model in the dialog. */
export type Inspected =
  | { readonly phase: 'unasked' | 'looking' }
  | { readonly phase: 'found'; readonly inspection: ModelInspection }
  | { readonly phase: 'failed'; readonly error: AppError };

/**
 * Looks at the model in the dialog, unless a link named it: then when `look` is called, or called again after a failure.
 */
export function useInspection({ source, fromLink }: ModelSubject): readonly [Inspected, look: () => void] {
  const { inspect } = useActions();
  const [inspected, setInspected] = useState<Inspected>({ phase: fromLink ? 'unasked' : 'looking' });
  const [asked, setAsked] = useState(fromLink ? 0 : 1);
  useEffect(() => {
    if (asked === 0) return;
    const looking = new AbortController();
    setInspected({ phase: 'looking' });
    inspect(source, looking.signal).then(
      (inspection) => {
        if (!looking.signal.aborted) setInspected({ phase: 'found', inspection });
      },
      (thrown) => {
        if (!looking.signal.aborted) setInspected({ phase: 'failed', error: toAppError(thrown) });
      },
    );
    return () => looking.abort();
  }, [inspect, source, asked]);
  return [inspected, useCallback(() => setAsked((count) => count + 1), [])];
}
