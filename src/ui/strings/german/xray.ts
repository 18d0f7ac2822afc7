import type { Translation } from '../../language.ts';
import { prozent } from './format.ts';

export const xray: Translation = {
  xray: {
    title: 'Röntgenbild einer Antwort',
    help: 'Das Modell schreibt Token für Token. Je mehr eines hervortritt, desto unsicherer war das Modell. Zeig darauf oder geh mit den Pfeiltasten entlang.',
    nothing: 'Diese Antwort wurde nicht Token für Token geschrieben.',
    stream: 'Token der Antwort',
    token: (text, probability) => `${text.trim()}, ${prozent(probability)}`,
    alternatives: 'Woran es noch dachte',
    cell: (column, row) => `Spalte ${column + 1}, Zeile ${row + 1} von 32`,
  },
};
