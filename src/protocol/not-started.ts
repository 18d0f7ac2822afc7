import { AppError } from './errors.ts';

/** The loss of a worker that never said a word: its script did not come. */
export function notStarted(script: 'inference' | 'importer'): AppError {
  const does = script === 'importer' ? 'stores models' : 'runs the model';
  const message = `The part of the page that ${does} could not be fetched or started. Check the connection, then try again; if that does not help, load the page again.`;
  return new AppError('WORKER_LOST', message, { script });
}
