import { useEffect, useEffectEvent, useState } from 'react';
import { filesOfDrop, type PlacedFile } from './folder-files.ts';

/**
 * Takes folders dropped anywhere on the page. Also where none is wanted, the browser must not: it would leave the page to
 * show what was dropped, and end a run.
 * @param onFolder hears of their files while they are still looked for; null while none is wanted
 * @returns whether something that would be taken is held over the page
 */
export function useFolderDrop(onFolder: ((files: Promise<readonly PlacedFile[]>) => void) | null): boolean {
  const [over, setOver] = useState(false);
  const hear = useEffectEvent((event: DragEvent) => {
    const { dataTransfer, type } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (!onFolder) dataTransfer.dropEffect = 'none';
    // Leaving an element for the next one is not leaving the page.
    setOver(type === 'dragover' || (type === 'dragleave' && event.relatedTarget !== null));
    // A large folder takes a while to walk through, and counts as being read from now on.
    if (type === 'drop') onFolder?.(filesOfDrop(dataTransfer));
  });
  useEffect(() => {
    const types = ['dragover', 'dragleave', 'drop'] as const;
    for (const type of types) addEventListener(type, hear);
    return () => {
      for (const type of types) removeEventListener(type, hear);
    };
  }, []);
  return over && onFolder !== null;
}
