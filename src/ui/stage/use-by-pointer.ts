import { type RefObject, useEffect, useRef } from 'react';

/**
 * Whether what a person pressed last was pressed with a mouse, a pen or a finger. The focus does not tell: Safari on the Mac
 * gives a button none that is clicked.
 */
export function useByPointer(): RefObject<boolean> {
  const byPointer = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    const options = { capture: true, signal: stop.signal };
    // A click that a key or a screen reader makes counts none.
    addEventListener('click', ({ detail }) => (byPointer.current = detail > 0), options);
    addEventListener('keydown', () => (byPointer.current = false), options);
    return () => stop.abort();
  }, []);
  return byPointer;
}
