import { type ReactNode, useDeferredValue } from 'react';

/**
 * Puts its children on the page in a pass of their own, a moment after what stands around them, so that a slow processor is
 * never busy for long. One inside another waits twice.
 */
export function Later({ children }: { readonly children: ReactNode }): ReactNode {
  return useDeferredValue(true, false) && children;
}
