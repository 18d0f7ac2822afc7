import type { Translation } from '../../language.ts';
import { menge } from './format.ts';

export const exporting: Translation = {
  exporting: {
    title: 'Mitnehmen',
    scope: 'Was exportiert wird',
    scopes: { turn: 'Diese Antwort', conversation: 'Alles zu diesem Bild', everything: 'Alle Bilder' },
    formats: {
      png: { name: 'PNG mit Kästen', help: 'Das Bild und seine Kästen' },
      svg: { name: 'SVG mit Kästen', help: 'Dasselbe, scharf in jeder Größe' },
      crops: { name: 'Ausschnitte', help: 'Was in jedem Kasten ist, als ZIP' },
      markdown: { name: 'Markdown', help: 'Ausdrücke mit ihren Kästen verlinkt' },
      coco: { name: 'COCO', help: 'JSON mit Kästen in Pixeln' },
      yolo: { name: 'YOLO', help: 'Beschriftungen und Bilder, als ZIP' },
      voc: { name: 'Pascal VOC', help: 'XML und Bilder, als ZIP' },
      csv: { name: 'CSV', help: 'Eine Tabelle, eine Zeile je Kasten' },
      grit: { name: 'GrIT', help: 'Texte als JSON-Zeilen' },
    },
    copyPicture: 'Bild kopieren',
    copiedPicture: 'Das Bild mit Kästen ist in der Zwischenablage.',
    copyText: 'Text kopieren',
    copiedText: 'Der Text ist in der Zwischenablage.',
    notCopied: 'Der Browser hat das Kopieren nicht erlaubt. Drück nochmal oder speichere die Datei.',
    share: 'Teilen',
    saved: (name) => `${name} gespeichert.`,
    working: 'Die Datei wird geschrieben',
    nothing: 'Es gibt noch keine Antwort zum Exportieren.',
    noLabels: 'Noch nichts zum Trainieren: Such erst etwas im Bild',
    noCrops: 'Noch nichts zum Ausschneiden: Such erst etwas im Bild',
    importTitle: 'Kästen hereinholen',
    importButton: 'Datei wählen',
    importHelp:
      'Kästen dieses Bildes aus einer COCO- oder GrIT-Datei, gewählt oder hier abgelegt, werden Bereiche deiner Frage.',
    imported: (taken, all) =>
      taken === all
        ? `${menge(taken, 'Bereich', 'Bereiche')} in deiner Frage.`
        : `${taken} von ${all} Kästen sind in deiner Frage.`,
    noBoxes: 'Die Datei hat keine Kästen für dieses Bild: Sein Name ist nicht unter den Dateinamen darin.',
  },
  corrections: {
    title: 'Vorher Ausdrücke und Kästen berichtigen',
    phrase: 'Wörter des Ausdrucks',
    edited: 'geändert',
    onPicture: 'Kästen im Bild verschieben, formen und ergänzen',
    deleteBox: (number) => (number === 0 ? 'Kasten löschen' : `Kasten ${number} löschen`),
  },
};
