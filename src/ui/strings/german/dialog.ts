import type { Translation } from '../../language.ts';

export const dialog: Translation = {
  dialog: {
    close: 'Schließen',
    open: {
      export: 'Export',
      options: 'Optionen',
      shortcuts: 'Tasten',
      models: 'Modelle…',
      diagnostics: 'Diagnose…',
      get: 'Das ganze KOSMOS-2 holen',
    },
  },
  transfer: {
    waiting: 'Ein anderes Fenster holt dieses Modell gerade; warten darauf.',
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
