import { useEffect } from 'react';
import { correctedTurn } from '../../state/correcting.ts';
import { useActions, useApp } from './app-context.ts';

/** Still open when the key is heard here. */
const CLOSED_BY_BROWSER = 'dialog:modal, [popover="auto"]:popover-open';

/**
 * Escape closes what is open, one thing at a time: the selected box or region first, then what is being corrected, then the
 * question being edited, then the answer being written. Over all of these lie dialogs and menus, which the browser closes.
 */
export function useEscape(): void {
  const { endEditing, select, sketchBox, startCorrecting, stop } = useActions();
  const selected = useApp((state) => state.selected !== null || state.picked !== null);
  const correcting = useApp((state) => correctedTurn(state) !== null);
  const fresh = useApp((state) => state.correcting?.fresh != null);
  const editing = useApp((state) => state.draft.replaces !== null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // An Escape that ends the composition of a character belongs to the input method.
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      if (document.querySelector(CLOSED_BY_BROWSER)) return;
      if (correcting && fresh) sketchBox(null);
      else if (selected) select(null);
      else if (correcting) startCorrecting(null);
      else if (editing) endEditing();
      else stop();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [selected, correcting, fresh, editing, endEditing, select, sketchBox, startCorrecting, stop]);
}
