import { toWire, type WireError } from './errors.ts';

/** Posts how something failed; without its values where these cannot be cloned, for who hears nothing waits for ever. */
export function postFailure(thrown: unknown, post: (error: WireError) => void): void {
  const error = toWire(thrown);
  try {
    post(error);
  } catch {
    post({ ...error, details: {} });
  }
}
