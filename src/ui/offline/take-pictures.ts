import { AppError } from '../../protocol/errors.ts';
import { MOST_SHARED } from '../../protocol/service-messages.ts';
import type { Actions } from '../../state/store.ts';
import { askService } from './ask-service.ts';

type Taking = Pick<Actions, 'addImages' | 'tell'>;

/** Opens files that the system hands over, and tells of those that cannot be read. */
export async function takeFiles({ addImages, tell }: Taking, handles: readonly FileSystemFileHandle[]): Promise<void> {
  const read = await Promise.allSettled(handles.map((handle) => handle.getFile()));
  await addImages(read.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
  const [first, ...others] = handles.filter((_, index) => read[index]?.status === 'rejected');
  if (first) tell(unread(first.name, others.length));
}

/**
 * Opens the pictures another app shared, which the service worker has.
 * @param incomplete whether it could not keep all of them
 */
export async function takeShared({ addImages, tell }: Taking, incomplete: boolean): Promise<void> {
  try {
    const { active } = await navigator.serviceWorker.ready;
    if (active) await addImages((await askService(active, { type: 'take-pictures' })).pictures);
    if (incomplete) tell(notAll());
  } catch (thrown) {
    tell(notAll(thrown));
  }
}

function unread(name: string, others: number): AppError {
  const which = others === 0 ? name : `${name} and ${others} more`;
  const message = `${which} could not be read: moved since, or not open to this browser. Choose what is missing with “Add image”.`;
  return new AppError('IMAGE_DAMAGED', message, { name, others });
}

function notAll(cause?: unknown): AppError {
  const message = `Not every picture that was shared is here: there may be no room for it on this device, and at most ${MOST_SHARED} come at once. Choose what is missing with “Add image”.`;
  return new AppError('STORAGE_FAILED', message, { pictures: MOST_SHARED }, cause);
}
