/** Frame of every dialog, the names of what opens one, and a part of the page that could not be had. */
export const dialog = {
  close: 'Close',
  failed: (reason: string) =>
    `This part of the page could not be opened (${reason}). Check the connection, then try again; all else still works.`,
  again: 'Try again',
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
  waiting: 'Another window is at work on this model; waiting for it.',
  imported: (from: string) => `Imported in this browser from ${from}.`,
  chip: {
    name: 'KOSMOS-2: ',
    looking: 'getting it',
    paused: 'paused',
    failed: 'stopped',
    done: 'open it',
  },
};

/** In place of the whole page, and before it is loaded again. */
export const pageFailed = {
  title: 'The page could not be shown',
  about: (reason: string) =>
    `Something in it broke (${reason}). Pictures and answers are still there: you can go on. Reloading brings back what this browser has kept.`,
  goOn: 'Go on',
  reload: 'Load the page again',
  ask: (unkept: boolean) =>
    `The page loads again. Anything unfinished stops; ${unkept ? 'this browser has not kept everything finished; what it has not kept is lost' : 'what is finished stays'}.`,
  notNow: 'Not now',
};
