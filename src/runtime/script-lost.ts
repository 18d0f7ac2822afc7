import { AppError, toAppError } from '../protocol/errors.ts';

/**
 * The failure of a script without which no model runs, on whatever device. It counts as the worker's: a browser may try no
 * module a second time in the same one.
 * @param script by the name under which others know it
 */
export function scriptLost(script: string, thrown: unknown): AppError {
  const { message, details } = toAppError(thrown);
  const reason = String(details.reason ?? message).slice(0, 300);
  const sentence = `The runtime (${script}) could not be fetched or started: ${reason}. Check the connection, then try again; if that does not help, load the page again.`;
  return new AppError('WORKER_LOST', sentence, { script, reason }, thrown);
}
