import type { AppError } from '../protocol/errors.ts';
import type { Context } from './context.ts';

/** Tells of a failure that belongs to no turn. */
export function notify({ store, nextId }: Context, error: AppError): void {
  store.setState(({ notices }) => ({ notices: [...notices, { id: nextId('notice'), error }] }));
}
