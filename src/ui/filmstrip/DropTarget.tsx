import { type ReactNode, useEffect, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import { latePart } from '../../protocol/late-part.ts';
import { useActions, useAppStore } from '../common/app-context.ts';
import { droppedEntries, holdsFolder } from '../models/dropped-entries.ts';
import * as strings from '../strings.ts';

const taking = latePart(() => import('../models/take-folder.ts'));

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes pictures, or a folder of them or of a model, dropped anywhere on the page; says so while one is held over it. */
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
          // That dialog takes files itself: those of a model.
          if (store.getState().dialog?.kind !== 'get') handle(event);
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
