import { useEffect, useEffectEvent } from 'react';
import { type AppError, toAppError } from '../../protocol/errors.ts';
import type { ChosenFiles } from './chosen-folder.ts';
import { droppedEntries } from './dropped-entries.ts';
import { readDroppedFiles } from './read-dropped-files.ts';

/** Takes files and folders that are dropped anywhere on the page, as long as the component is there. */
export function useDroppedFiles(onFiles: (files: ChosenFiles) => void, onFailure: (error: AppError) => void): void {
  const drop = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    readDroppedFiles(droppedEntries(event.dataTransfer)).then(onFiles, (thrown) => onFailure(toAppError(thrown)));
  });
  useEffect(() => {
    addEventListener('drop', drop);
    return () => removeEventListener('drop', drop);
  }, []);
}
