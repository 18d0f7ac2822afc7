import { useEffect } from 'react';
import { useActions } from '../common/app-context.ts';

/** Ctrl+Z (Cmd+Z) takes a removal back and with Shift does it again; in a field with words they are the field's. */
export function useUndoKeys(): void {
  const { undo, redo } = useActions();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return;
      if (hasWords(event.target)) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [undo, redo]);
}

/** A box to tick or choose has a value too, but nothing to take back. */
function hasWords(field: EventTarget | null): boolean {
  if (field instanceof HTMLInputElement && ['radio', 'checkbox'].includes(field.type)) return false;
  return (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.value !== '';
}
