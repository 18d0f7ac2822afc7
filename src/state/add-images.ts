import { AppError, toAppError } from '../protocol/errors.ts';
import type { SceneTruth } from '../scenes/truth.ts';
import { addImage } from './add-image.ts';
import type { Context } from './context.ts';
import { notify } from './notify.ts';

/**
 * Opens pictures one after another. The first comes on the stage, and the others do not take it away from whoever has begun
 * there. What cannot be opened is told; the first that can answers whatever went wrong with pictures before. Where no more
 * fit, the rest is told in one sentence.
 * @param truth what is known of the picture, where it was made of a scene
 */
export async function addImages(
  context: Context,
  files: readonly Blob[],
  truth: SceneTruth | null = null,
): Promise<void> {
  const { store } = context;
  const earlier = new Set(store.getState().notices.filter(({ error }) => error.code.startsWith('IMAGE_')));
  const failed: { readonly name: string; readonly error: AppError }[] = [];
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
  // Several in one sentence, which says of which files it is.
  if (failed.length > 1) notify(context, notOpened(failed.map(({ name }) => name)));
  else for (const { error } of failed) notify(context, error);
}

function notOpened(names: readonly string[]): AppError {
  const [first = '', second = ''] = names;
  const left = names.length - 2;
  // What comes from the clipboard may have no name.
  const named = first !== '' && second !== '';
  const listed = left === 0 ? `${first} and ${second}` : `${first}, ${second} and ${left} more`;
  const which = named ? listed : `${names.length} files`;
  const message = `${which} could not be opened: they are no pictures, or damaged. Choose PNG, JPEG, WebP, AVIF or GIF files.`;
  return new AppError('IMAGE_NOT_AN_IMAGE', message, named ? { first, second, left } : { files: names.length });
}

function noRoom({ details: { limit } }: AppError, left: number): AppError {
  const more =
    left === 1 ? 'one more was not opened. Remove one first.' : `${left} more were not opened. Remove some first.`;
  const message = `${limit} images are open, the most there can be: ${more}`;
  return new AppError('IMAGE_LIMIT', message, { limit, left });
}
