import { AppError, toAppError } from '../protocol/errors.ts';
import type { SceneTruth } from '../scenes/truth.ts';
import { addImage } from './add-image.ts';
import type { Context } from './context.ts';
import { notify } from './notify.ts';

/**
 * Opens pictures one after another. One that cannot be opened becomes a notice; the first that can answers whatever went
 * wrong before. Where no more fit, the rest is told in one sentence.
 * @param truth what is known of the picture, where it was made of a scene
 */
export async function addImages(
  context: Context,
  files: readonly Blob[],
  truth: SceneTruth | null = null,
): Promise<void> {
  const { store } = context;
  const earlier = new Set(store.getState().notices);
  for (const [index, file] of files.entries()) {
    try {
      await addImage(context, file, truth);
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => !earlier.has(notice)) }));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'IMAGE_LIMIT') notify(context, error);
      else return notify(context, files.length === 1 ? error : noRoom(error, files.length - index));
    }
  }
}

function noRoom({ details: { limit } }: AppError, left: number): AppError {
  const more =
    left === 1 ? 'one more was not opened. Remove one first.' : `${left} more were not opened. Remove some first.`;
  const message = `${limit} images are open, the most there can be: ${more}`;
  return new AppError('IMAGE_LIMIT', message, { limit, left });
}
