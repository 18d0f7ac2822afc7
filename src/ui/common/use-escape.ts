import { useEffect } from 'react';
import { useActions, useApp } from './app-context.ts';

/** Escape closes what is open, one thing at a time: the selected box or region first, then the answer being written. */
export function useEscape(): void {
  const { select, stop } = useActions();
  const selected = useApp((state) => state.selected !== null || state.picked !== null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (selected) select(null);
      else stop();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [selected, select, stop]);
}
