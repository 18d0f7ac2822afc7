import { useEffect } from 'react';
import { useActions } from '../common/app-context.ts';

/** `?` opens the sheet of keys, except where it is a character being written. */
export function useShortcutsKey(): void {
  const { openDialog } = useActions();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest('textarea:not([readonly]), input, [contenteditable], dialog'))
        return;
      event.preventDefault();
      openDialog({ kind: 'shortcuts' });
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [openDialog]);
}
