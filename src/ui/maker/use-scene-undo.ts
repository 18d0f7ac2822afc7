import { useEffect } from 'react';
import { redo, undo } from './maker-store.ts';

/**
 * While a scene is made, Ctrl+Z (Cmd+Z) takes back what was done to it and not what was done to the page; with Shift it
 * does again. A field keeps the key for its words.
 */
export function useSceneUndo(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return;
      event.stopPropagation();
      const { target } = event;
      if (target instanceof HTMLInputElement && target.type === 'search' && target.value !== '') return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    // Before the page's own keys hear of it.
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  }, []);
}
