import { useEffect, useEffectEvent } from 'react';
import { readDroppedFiles } from './read-dropped-files.ts';

/** Takes files and folders that are dropped anywhere on the page, as long as the component is there. */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void, onFailure: () => void): void {
  const drop = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    readDroppedFiles(event.dataTransfer).then(onFiles, onFailure);
  });
  useEffect(() => {
    addEventListener('drop', drop);
    return () => removeEventListener('drop', drop);
  }, []);
}
