import { AppError, reasonOf, toAppError } from '../protocol/errors.ts';
import { MAX_IMAGE_BYTES } from '../protocol/image-limit.ts';
import type { SceneTruth } from '../scenes/truth.ts';
import type { Context } from './context.ts';
import { withoutRedo } from './history.ts';
import { onStage } from './on-stage.ts';
import { newImage } from './page-image.ts';
import { takeSketch } from './sketch.ts';

/**
 * Opens a person's own picture. For one that cannot be opened the picture on the stage stays.
 * @param truth what is known of it, where it was made of a scene
 * @param shows whether it comes on the stage
 * @throws AppError IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_LIMIT
 */
export async function addImage(
  context: Context,
  file: Blob & { readonly name?: string },
  truth: SceneTruth | null,
  shows: boolean,
): Promise<void> {
  const { store, nextId } = context;
  store.setState(({ opening }) => ({ opening: opening + 1 }));
  const id = nextId('image');
  let url = '';
  try {
    const blob = await heldBytes(file);
    url = URL.createObjectURL(blob);
    const size = (await checkImage(context, id, blob)) ?? (await measureImage(url));
    const image = newImage({ id, kind: 'own', name: file.name ?? '', url, blob, ...size }, truth);
    if (shows) takeSketch(store);
    store.setState((state) => ({
      images: [...state.images, image],
      ...(shows ? onStage(state, id) : {}),
      history: withoutRedo(state.history),
    }));
  } catch (thrown) {
    URL.revokeObjectURL(url);
    throw thrown;
  } finally {
    store.setState(({ opening }) => ({ opening: opening - 1 }));
  }
}

/**
 * The bytes of a picture, also when its file is moved or changed later: the model is given it again after a loss. What is too
 * large to be opened is not read for that.
 * @throws AppError IMAGE_DAMAGED
 */
async function heldBytes(file: Blob): Promise<Blob> {
  if (!(file instanceof File) || file.size > MAX_IMAGE_BYTES) return file;
  try {
    return new Blob([await file.arrayBuffer()], { type: file.type });
  } catch (thrown) {
    const { name } = file;
    const reason = reasonOf(thrown);
    const sentence = `“${name}” could not be read (${reason}). It may have been moved, renamed or changed: choose it again.`;
    throw new AppError('IMAGE_DAMAGED', sentence, { name, reason }, thrown);
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Lets the engine judge the picture. It decodes before it asks for a model, so a bad picture is told at once also while
 * the model loads; a good one is then given again when it is first asked about.
 * @returns null while there is no model, or one that cannot be opened again
 */
async function checkImage({ engine, given }: Context, id: string, blob: Blob): Promise<Size | null> {
  try {
    const { width, height } = await engine.setImage(id, blob);
    given.add(id);
    return { width, height };
  } catch (thrown) {
    if (toAppError(thrown).code.startsWith('IMAGE_')) throw thrown;
    return null;
  }
}

async function measureImage(url: string): Promise<Size> {
  const element = new Image();
  element.src = url;
  try {
    await element.decode();
  } catch {
    throw new AppError('IMAGE_DAMAGED', 'The browser cannot show this picture. Save it as PNG or JPEG and try again.');
  }
  return { width: element.naturalWidth, height: element.naturalHeight };
}
