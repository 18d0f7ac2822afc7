import type { ReactNode } from 'react';
import { useActions } from '../common/app-context.ts';

/** A picker of pictures; with `capture` it opens the camera of a phone. */
export function AddImage({ words, capture }: { words: string; capture?: 'environment' }): ReactNode {
  const { addImages } = useActions();
  return (
    <label className={capture ? 'add photograph' : 'add'}>
      {words}
      <input
        type="file"
        accept="image/*"
        multiple={capture === undefined}
        capture={capture}
        onChange={({ target }) => {
          void addImages([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </label>
  );
}
