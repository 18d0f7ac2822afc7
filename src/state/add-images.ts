import { AppError, toAppError } from '../protocol/errors.ts';
import type { SceneTruth } from '../scenes/truth.ts';
import { addImage } from './add-image.ts';
import type { Context } from './context.ts';
import { notify } from './notify.ts';

/**
 * Opens pictures one after another. The first comes on the stage, and the others do not take it away from whoever has begun
 * there. What cannot be opened is told, by reason; the first that can answers whatever went wrong with pictures before. Where
 * no more fit, the rest is told in one sentence.
 * @param truth what is known of the picture, where it was made of a scene
 * @returns whether any could be opened
 */
export async function addImages(
  context: Context,
  files: readonly Blob[],
  truth: SceneTruth | null = null,
): Promise<boolean> {
  const { store } = context;
  const earlier = new Set(store.getState().notices.filter(({ error }) => error.code.startsWith('IMAGE_')));
  const failed: Failed[] = [];
  let shown = false;
  for (const [index, file] of files.entries()) {
    try {
      await addImage(context, file, truth, !shown);
      shown = true;
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => !earlier.has(notice)) }));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'IMAGE_LIMIT') {
        notify(context, files.length === 1 ? error : noRoom(error, files.length - index));
        break;
      }
      failed.push({ name: file instanceof File ? file.name : '', error });
    }
  }
  for (const kind of new Set(failed.map(({ error }) => kindOf(error)))) {
    const alike = failed.filter(({ error }) => kindOf(error) === kind);
    notify(context, together(alike, kind === 'unreadable'));
  }
  return shown;
}

interface Failed {
  readonly name: string;
  readonly error: AppError;
}

/** What files have in common that are told of in one sentence: a large one is a good picture, and not damaged. */
function kindOf({ code, details }: AppError): string {
  if ('format' in details) return 'format';
  const isUnreadable = code === 'IMAGE_NOT_AN_IMAGE' || (code === 'IMAGE_DAMAGED' && !('reason' in details));
  return isUnreadable ? 'unreadable' : code;
}

/** One sentence, which says of which files it is. */
function together(failed: readonly Failed[], unreadable: boolean): AppError {
  const [first, second] = failed;
  if (!first) throw new RangeError('No file failed.');
  if (!second) return first.error;
  const left = failed.length - 2;
  // What comes from the clipboard may have no name.
  const named = first.name !== '' && second.name !== '';
  const listed = left === 0 ? `${first.name} and ${second.name}` : `${first.name}, ${second.name} and ${left} more`;
  const which = named ? listed : `${failed.length} files`;
  const files = named ? { first: first.name, second: second.name, left } : { files: failed.length };
  if (unreadable) {
    const message = `${which} could not be opened: not pictures, or damaged. Choose PNG, JPEG, WebP, AVIF or GIF files.`;
    return new AppError('IMAGE_NOT_AN_IMAGE', message, files);
  }
  const { code, details, message } = first.error;
  const why = `${which} could not be opened, the first of them for this reason: ${message}`;
  return new AppError(code, why, { ...details, ...files });
}

function noRoom({ details: { limit } }: AppError, left: number): AppError {
  const more =
    left === 1 ? 'one more was not opened. Remove one first.' : `${left} more were not opened. Remove some first.`;
  const message = `${limit} images are open, the most there can be: ${more}`;
  return new AppError('IMAGE_LIMIT', message, { limit, left });
}
