import type { Translation } from '../../language.ts';

export const correcting: Translation = {
  correcting: {
    label: 'Diese Antwort berichtigen',
    boxes: 'Kästen dieser Antwort',
    box: (number, phrase, position, edited) => `${number} ${phrase ?? ''}, ${position}${edited ? ', geändert' : ''}`,
    help: 'Zieh einen Kasten oder seine Griffe. Zieh im Bild für einen neuen.',
    revert: 'Original',
    done: 'Fertig',
    words: 'Wörter dieses Kastens',
    newWords: 'Wörter des neuen Kastens',
    newPlaceholder: 'Was ist das? z. B. a cat',
    add: 'Kasten ergänzen',
    delete: 'Kasten löschen',
    edited: 'Von Hand geändert',
    enterKey: 'Eingabe',
  },
};
