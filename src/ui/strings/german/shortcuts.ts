import type { Translation } from '../../language.ts';

export const shortcuts: Translation = {
  shortcuts: {
    title: 'Tasten',
    help: 'Einzelne Buchstaben gelten, während das Bild oder ein Menü den Fokus hat, nie beim Schreiben.',
    groups: [
      {
        name: 'Fragen',
        keys: [
          { key: 'Enter', does: 'Senden' },
          { key: '⇧ Enter', does: 'Neue Zeile' },
          { key: '↑', does: 'Letzte Eingabe, im leeren Feld' },
          { key: 'Esc', does: 'Antwort stoppen' },
        ],
      },
      {
        name: 'Kästen',
        keys: [
          { key: '← →', does: 'Von Kasten zu Kasten' },
          { key: 'Enter', does: 'Was dazu gefragt werden kann' },
          { key: 'W', does: 'Was ist das?' },
          { key: 'A', does: 'Danach fragen' },
          { key: 'L', does: 'Näher ansehen' },
          { key: 'F', does: 'Weitere davon finden' },
          { key: 'C', does: 'Ausschnitt kopieren' },
          { key: 'E', does: 'Kästen dieser Antwort berichtigen' },
        ],
      },
      {
        name: 'Bild',
        keys: [
          { key: '+ −', does: 'Größer, kleiner' },
          { key: '0', does: 'Ganzes Bild' },
          { key: 'Leertaste', does: 'Halten und ziehen: Bild verschieben' },
          { key: 'R', does: 'Neuer Bereich in der Mitte' },
          { key: 'Pfeile', does: 'Bild, gewählten Bereich oder berichtigten Kasten verschieben' },
          { key: '⇧ Pfeile', does: 'Größe des Bereichs oder Kastens ändern' },
          { key: '← → Pos1 Ende', does: 'In der Bilderreihe: von einem zum anderen' },
          { key: 'Entf', does: 'Bereich oder Kasten entfernen, in der Bilderreihe ein eigenes Bild' },
        ],
      },
      {
        name: 'Szene bauen',
        keys: [
          { key: 'Pfeile', does: 'Ding verschieben, mit ⇧ weiter' },
          { key: '+ −', does: 'Größe' },
          { key: 'F', does: 'Spiegeln' },
          { key: 'Bild ↑ Bild ↓', does: 'Nach vorn, nach hinten' },
          { key: 'Entf', does: 'Löschen' },
        ],
      },
      {
        name: 'Überall',
        keys: [
          { key: 'Strg Z', does: 'Zurücknehmen' },
          { key: 'Strg ⇧ Z', does: 'Wiederholen' },
          { key: 'Esc', does: 'Schließen, was offen ist' },
          { key: '?', does: 'Diese Übersicht' },
        ],
      },
    ],
  },
};
