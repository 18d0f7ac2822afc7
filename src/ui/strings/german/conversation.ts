import type { Translation } from '../../language.ts';
import { aufgaben } from './composer.ts';
import { sentence } from './errors.ts';
import { comma, prozent, sekunden } from './format.ts';
import { kasten } from './stage.ts';

const aufgabe = (mode: keyof typeof aufgaben | keyof typeof kasten) =>
  mode === 'refer' || mode === 'closer' || mode === 'others' ? kasten[mode] : aufgaben[mode];

export const conversation: Translation = {
  conversation: {
    label: 'Gespräch',
    task: aufgabe,
    sampleWaits: 'Die Beschreibung dieser Szene schreibt sich, sobald das Modell bereit ist.',
    ownWaits: 'Wähl unten, was mit diesem Bild geschehen soll.',
    ownPhoto:
      'Das Demomodell kennt nur gezeichnete Emoji-Szenen. Fotos hat es nie gesehen, rechne also mit falschen Antworten.',
    onCpu: (reason) =>
      reason.code === 'WEBGPU_UNAVAILABLE' && !('reason' in reason.details)
        ? 'Dieser Browser bietet kein WebGPU, darum läuft das Modell auf der CPU: langsamer, gleiche Antworten.'
        : reason.code === 'WORKER_LOST' || reason.code === 'DEVICE_LOST'
          ? 'Die GPU ging hier verloren, darum läuft das Modell auf der CPU: langsamer, gleiche Antworten.'
          : `WebGPU ging hier nicht, darum läuft das Modell auf der CPU: langsamer, gleiche Antworten. (${sentence(reason)})`,
    waiting: 'Wartet auf das Modell',
    memory: (kept, of) => `nach ${kept} von ${of} früheren Fragen`,
    waitingTurn: 'Wartet auf die Antwort davor',
    reading: 'Sieht das Bild an',
    stopped: 'Gestoppt.',
    noBox: (words) => `Kein Kasten für „${words}“.`,
    unknownWords: (words) => `„${words}“ kennt das Modell nicht: Was es markiert, ist geraten. Frag auf Englisch.`,
    noAnswer: 'Das Modell hatte keine Antwort.',
    noOthers: (words) => `Keine weiteren „${words}“ gefunden.`,
    closer: (width, height) => `${width} × ${height} Bildpunkte für sich`,
    probability: prozent,
    region: (number) => `Bereich ${number}`,
    firstWord: (milliseconds) => `${sekunden(milliseconds)} s bis zum ersten Wort`,
    speed: (tokensPerSecond) => `${comma(tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0))} Token/s`,
    copy: 'Kopieren',
    again: 'Nochmal',
    showBoxes: (mode) => `${aufgabe(mode)}: Kästen dieser Antwort zeigen`,
    corrected: 'Von Hand berichtigt',
    cancel: 'Abbrechen',
    finish: {
      cancelled: 'Gestoppt.',
      length: 'An der Höchstlänge abgeschnitten.',
      capacity: 'Abgeschnitten: mehr Wörter fasst das Modell nicht.',
    },
  },
  turnMenu: {
    label: 'Mehr zu dieser Antwort',
    edit: 'Ändern und neu fragen',
    xray: 'Röntgenbild',
    correct: 'Kästen berichtigen',
    link: 'Link kopieren',
    delete: 'Löschen',
  },
  copying: { copied: 'Kopiert', refused: 'Vom Browser nicht erlaubt' },
  undo: {
    done: {
      'delete-turn': 'Gelöscht.',
      'replace-turn': 'Frage geändert.',
      'remove-image': 'Bild entfernt.',
      'remove-region': 'Bereich entfernt.',
      clear: 'Bilder und Gespräche gelöscht.',
      rename: 'Umbenannt.',
      'move-box': 'Kasten verschoben.',
      'add-box': 'Kasten ergänzt.',
      'delete-box': 'Kasten gelöscht.',
      'revert-answer': 'Die Kästen des Modells sind wieder da.',
    },
    broughtBack: 'Wieder da.',
    undo: 'Zurücknehmen',
    redo: 'Wiederholen',
  },
  engineFailed: {
    title: 'Das Modell ist nicht gestartet',
    again: 'Nochmal versuchen',
    onCpu: 'Auf der CPU laufen lassen',
  },
};
