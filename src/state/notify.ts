import type { AppError } from '../protocol/errors.ts';
import type { Context } from './context.ts';

/** Tells of a failure that belongs to no turn; what was told in the same words before is told anew in its place. */
export function notify({ store, nextId }: Context, error: AppError): void {
  const same = (other: AppError) => other.code === error.code && other.message === error.message;
  store.setState(({ notices }) => ({
    notices: [...notices.filter((told) => !same(told.error)), { id: nextId('notice'), error }],
  }));
}
