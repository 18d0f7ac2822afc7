import { type ReactNode, type Ref, useId } from 'react';
import { useActions } from '../common/app-context.ts';

interface PickerProps {
  /** Opens the camera of a phone. */
  readonly capture?: 'environment' | undefined;
  readonly id?: string;
  readonly hidden?: boolean;
  readonly pickerRef?: Ref<HTMLInputElement>;
}

/** A picker of pictures under words that say so. */
export function AddImage({ words, capture }: PickerProps & { readonly words: string }): ReactNode {
  const id = useId();
  return (
    <label className={capture ? 'add photograph' : 'add'} htmlFor={id}>
      {words}
      <PicturePicker id={id} capture={capture} />
    </label>
  );
}

export function PicturePicker({ id, capture, hidden, pickerRef }: PickerProps): ReactNode {
  const { addImages } = useActions();
  return (
    <input
      ref={pickerRef}
      id={id}
      type="file"
      accept="image/*"
      hidden={hidden}
      multiple={capture === undefined}
      capture={capture}
      onChange={({ target }) => {
        void addImages([...(target.files ?? [])]);
        // The same file can be chosen again.
        target.value = '';
      }}
    />
  );
}
