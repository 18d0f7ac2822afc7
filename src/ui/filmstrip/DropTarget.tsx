import { type ReactNode, useEffect, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import { latePart } from '../../protocol/late-part.ts';
import type { Dialog } from '../../state/app-state.ts';
import { useActions, useAppStore } from '../common/app-context.ts';
import { droppedEntries, holdsFolder } from '../models/dropped-entries.ts';
import * as strings from '../strings.ts';

const taking = latePart(() => import('../models/take-folder.ts'));

/** Dialogs that take files themselves: those of a model, and of boxes. */
const TAKES_FILES: ReadonlySet<Dialog['kind']> = new Set(['get', 'models', 'export']);

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes pictures, or a folder of them or of a model, dropped anywhere on the page; says so while one is held over it. Nothing is
 * taken behind an open dialog.
 */
export function DropTarget(): ReactNode {
  const actions = useActions();
  const store = useAppStore();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const on = <K extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
      type: K,
      handle: (event: WindowEventMap[K]) => void,
    ) =>
      addEventListener(
        type,
        (event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          const { dialog } = store.getState();
          if (dialog === null) return handle(event);
          // One may have opened while something was held over the page.
          setOver(false);
          if (event.dataTransfer && !TAKES_FILES.has(dialog.kind)) event.dataTransfer.dropEffect = 'none';
        },
        { signal: listening.signal },
      );
    on('dragenter', () => setOver(true));
    on('dragover', () => setOver(true));
    on('dragleave', (event) => {
      // Leaving an element for the next one is not leaving the page.
      if (event.relatedTarget === null) setOver(false);
    });
    on('drop', (event) => {
      setOver(false);
      const entries = event.dataTransfer ? droppedEntries(event.dataTransfer) : [];
      if (holdsFolder(entries))
        void taking().then(
          ({ takeFolder }) => takeFolder(actions, entries),
          (thrown) => actions.tell(toAppError(thrown)),
        );
      else void actions.addImages([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, [actions, store]);
  if (!over) return null;
  return (
    <div className="drop">
      <div>
        {strings.stage.drop}
        <span>{strings.stage.dropMore}</span>
      </div>
    </div>
  );
}
