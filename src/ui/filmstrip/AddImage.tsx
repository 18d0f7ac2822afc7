import { type ReactNode, type Ref, useId } from 'react';
import { useActions } from '../common/app-context.ts';

interface Props {
  readonly words: string;
  readonly pickerRef: Ref<HTMLInputElement>;
  readonly hidden: boolean;
  /** Opens the camera of a phone. */
  readonly capture?: 'environment';
}

/** A picker of pictures under words that say so. */
export function AddImage({ words, pickerRef, hidden, capture }: Props): ReactNode {
  const { addImages } = useActions();
  const id = useId();
  return (
    <label className={capture ? 'add photograph' : 'add'} htmlFor={id} hidden={hidden}>
      {words}
      <input
        ref={pickerRef}
        id={id}
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
