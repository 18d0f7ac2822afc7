import type { Translation } from '../../language.ts';
import { prozent } from './format.ts';

export const kasten = {
  refer: 'Was ist das?',
  closer: 'Näher ansehen',
  others: 'Weitere davon finden',
} as const;

export const stage: Translation = {
  stage: {
    label: 'Bild',
    picture: (name) => (name === '' ? 'Dein Bild' : name),
    boxes: 'Kästen im Bild',
    regions: 'Bereiche der Frage',
    region: (number, position) => `Bereich ${number}, ${position}`,
    regionRemoved: (number) => `Bereich ${number} entfernt`,
    extent: (named, [left, top, right, bottom]) =>
      `${named}: waagerecht ${left} bis ${right} %, senkrecht ${top} bis ${bottom} %`,
    drop: 'Loslassen öffnet das Bild',
    dropMore: 'Es bleibt auf diesem Gerät.',
    opening: 'Bild wird geöffnet',
    dismiss: 'Schließen',
  },
  tools: {
    label: 'Werkzeuge',
    select: 'Auswählen (Ziehen zeichnet einen Bereich)',
    region: 'Bereich zeichnen',
    pan: 'Bild verschieben',
    in: 'Vergrößern',
    out: 'Verkleinern',
    fit: 'Ganzes Bild zeigen',
  },
  boxActions: {
    label: 'Nach diesem Kasten fragen',
    whatIsThis: kasten.refer,
    askAbout: 'Danach fragen…',
    lookCloser: kasten.closer,
    findOthers: kasten.others,
    copyCrop: 'Ausschnitt kopieren',
    copied: 'Kopiert',
    correct: 'Berichtigen…',
    score: (score) => `Wahrscheinlichkeit genau dieses Kastens: ${prozent(score)}`,
    heat: 'Wo es die Ecken sah',
    corners: { upperLeft: 'Links oben', lowerRight: 'Rechts unten' },
    remove: 'Entfernen',
    deleteKey: 'Entf',
  },
  position: {
    across: ['links', 'in der Mitte', 'rechts'],
    down: ['oben', 'auf halber Höhe', 'unten'],
    centre: 'in der Mitte',
  },
  filmstrip: {
    remove: (name) => `${name === '' ? 'Dieses Bild' : name} entfernen`,
    label: 'Bilder',
    add: 'Neues Bild',
    photograph: 'Foto machen',
    make: 'Szene bauen',
    more: 'Neu',
    sample: (number) => `Beispielszene ${number}`,
  },
};
