/** Frame of every dialog, and the names of what opens one. */
export const dialog = {
  close: 'Close',
  open: {
    export: 'Export',
    options: 'Options',
    shortcuts: 'Keys',
    models: 'Models…',
    diagnostics: 'Diagnostics…',
    get: 'Get the full KOSMOS-2',
  },
};

/** A model on its way, also while its dialog is closed. */
export const transfer = {
  percent: (done: number, total: number) => `${Math.floor((100 * done) / Math.max(1, total))}%`,
  waiting: 'Another window is getting this model; waiting for it.',
  imported: (from: string) => `Imported in this browser from ${from}.`,
  chip: {
    name: 'KOSMOS-2: ',
    looking: 'getting it',
    paused: 'paused',
    failed: 'stopped',
    done: 'open it',
  },
};
