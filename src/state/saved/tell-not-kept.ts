import { AppError } from '../../protocol/errors.ts';
import { isStorageFull } from '../../protocol/storage-full.ts';
import type { Context } from '../context.ts';
import { notify } from '../notify.ts';
import { MOST_BYTES, MOST_PICTURES, MOST_TURNS } from './keep.ts';

/** Tells once that what is on the page will not be there on the next visit, and why. */
export function tellNotKept(context: Context, thrown: unknown): void {
  const error = isStorageFull(thrown)
    ? new AppError(
        'STORAGE_FULL',
        'This device has no room left to keep the newest answers and pictures for the next visit. Remove some pictures, or export what you need.',
        { what: 'conversations' },
      )
    : new AppError(
        'STORAGE_FAILED',
        'This browser could not keep the newest answers for the next visit. Export what you need before you close the page.',
        { what: 'conversations', reason: String(thrown) },
      );
  notify(context, error);
}

/** Tells that there is more on the page than is kept. */
export function tellTooMuch(context: Context): void {
  const message = `The oldest pictures and answers will not be there on the next visit: at most ${MOST_PICTURES} pictures of yours (${MOST_BYTES / 1e6} MB) and ${MOST_TURNS.toLocaleString('en')} answers are kept. Export what you need before you close the page.`;
  notify(
    context,
    new AppError('STORAGE_FULL', message, { pictures: MOST_PICTURES, bytes: MOST_BYTES, answers: MOST_TURNS }),
  );
}
