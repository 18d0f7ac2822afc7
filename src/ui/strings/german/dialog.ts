import type { Translation } from '../../language.ts';

export const dialog: Translation = {
  dialog: {
    close: 'Schließen',
    failed: (reason) =>
      `Dieser Teil der Seite ließ sich nicht öffnen (${reason}). Bitte die Verbindung prüfen und es noch einmal versuchen; alles andere geht weiter.`,
    again: 'Noch einmal versuchen',
    open: {
      export: 'Export',
      options: 'Optionen',
      shortcuts: 'Tasten',
      models: 'Modelle…',
      diagnostics: 'Diagnose…',
      get: 'Das ganze KOSMOS-2 holen',
    },
  },
  pageFailed: {
    title: 'Die Seite ließ sich nicht zeigen',
    about: (reason) =>
      `Etwas darin ist gescheitert (${reason}). Bilder und Antworten sind noch da: weitermachen. Neu laden bringt zurück, was dieser Browser behalten hat.`,
    goOn: 'Weitermachen',
    reload: 'Seite neu laden',
    ask: (unkept) =>
      `Die Seite lädt neu. Was begonnen und noch nicht fertig ist, bricht ab; ${unkept ? 'von dem Fertigen hat dieser Browser nicht alles behalten, und was fehlt, ist dann weg' : 'was fertig ist, bleibt'}.`,
    notNow: 'Jetzt nicht',
  },
  transfer: {
    waiting: 'Ein anderes Fenster arbeitet gerade an diesem Modell; darauf wird gewartet.',
    imported: (from) => `In diesem Browser aus ${from} importiert.`,
    chip: {
      name: 'KOSMOS-2: ',
      looking: 'wird geholt',
      paused: 'angehalten',
      failed: 'steht',
      done: 'öffnen',
    },
  },
};
