import { useEffect, useEffectEvent } from 'react';
import type { ChosenFiles } from './chosen-folder.ts';
import { droppedEntries, readDroppedFiles } from './read-dropped-files.ts';

/** Takes files and folders that are dropped anywhere on the page, as long as the component is there. */
export function useDroppedFiles(onFiles: (files: ChosenFiles) => void, onFailure: () => void): void {
  const drop = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    readDroppedFiles(droppedEntries(event.dataTransfer)).then(onFiles, onFailure);
  });
  useEffect(() => {
    addEventListener('drop', drop);
    return () => removeEventListener('drop', drop);
  }, []);
}
