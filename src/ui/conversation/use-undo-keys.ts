import { useEffect } from 'react';
import type { AppState } from '../../state/app-state.ts';
import { isCorrection } from '../../state/history.ts';
import { useActions, useAppStore } from '../common/app-context.ts';

/**
 * Ctrl+Z (Cmd+Z) takes a removal back and with Shift does it again; in a field with words, or whose words were just deleted
 * by hand, they are the field's. Nothing changes behind an open dialog.
 */
export function useUndoKeys(): void {
  const { undo, redo } = useActions();
  const store = useAppStore();
  useEffect(() => {
    let emptied: EventTarget | null = null;
    const onInput = ({ target }: Event) => {
      emptied = isTextField(target) && target.value === '' ? target : null;
    };
    const onFocus = () => {
      emptied = null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return;
      if ((emptied !== null && event.target === emptied) || (isTextField(event.target) && event.target.value !== ''))
        return;
      if (!isSeen(store.getState(), event.shiftKey)) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    addEventListener('input', onInput);
    addEventListener('focusin', onFocus);
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('input', onInput);
      removeEventListener('focusin', onFocus);
      removeEventListener('keydown', onKeyDown);
    };
  }, [undo, redo, store]);
}

/** Whether a person would see it happen: a dialog hides the page, and that of the exports shows corrections. */
function isSeen({ dialog, history }: AppState, again: boolean): boolean {
  const change = (again ? history.undone : history.done).at(-1);
  return dialog === null || (dialog.kind === 'export' && change !== undefined && isCorrection(change.kind));
}

/** A box to tick or choose has a value too, but nothing to take back. */
function isTextField(field: EventTarget | null): field is HTMLTextAreaElement | HTMLInputElement {
  if (field instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(field.type);
  return field instanceof HTMLTextAreaElement;
}
