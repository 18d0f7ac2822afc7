import { useSyncExternalStore } from 'react';

/** Device pixels per CSS pixel, which zooming the page changes. */
export function usePixelRatio(): number {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('resize', changed);
      return () => removeEventListener('resize', changed);
    },
    () => devicePixelRatio,
    // Of a server that renders the page, which draws no boxes.
    () => 1,
  );
}
