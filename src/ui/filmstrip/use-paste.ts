import { useEffect } from 'react';
import { useActions, useAppStore } from '../common/app-context.ts';

/** Takes pictures pasted anywhere but behind an open dialog; pasted text stays with the field that has the focus. */
export function usePaste(): void {
  const { addImages } = useActions();
  const store = useAppStore();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      const pictures = [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
      // A copied part of a document carries a picture of itself beside its text; a copied file has its name for text.
      const isDocument = ['text/plain', 'text/html'].every((type) => data?.types.includes(type));
      if (pictures.length === 0 || isDocument || store.getState().dialog !== null) return;
      event.preventDefault();
      void addImages(pictures);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [addImages, store]);
}
