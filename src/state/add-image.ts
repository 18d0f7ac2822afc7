import { AppError, toAppError } from '../protocol/errors.ts';
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
  const url = URL.createObjectURL(file);
  try {
    const size = (await checkImage(context, id, file)) ?? (await measureImage(url));
    const image = newImage({ id, kind: 'own', name: file.name ?? '', url, blob: file, ...size }, truth);
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

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Lets the engine judge the picture. It decodes before it asks for a model, so a bad picture is told at once also while
 * the model loads; a good one is then given again when it is first asked about.
 * @returns null while there is no model
 */
async function checkImage({ engine, given }: Context, id: string, blob: Blob): Promise<Size | null> {
  try {
    const { width, height } = await engine.setImage(id, blob);
    given.add(id);
    return { width, height };
  } catch (thrown) {
    if (toAppError(thrown).code === 'ENGINE_NOT_READY') return null;
    throw thrown;
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
