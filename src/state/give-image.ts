import { AppError } from '../protocol/errors.ts';
import type { Context } from './context.ts';
import { jpegOf } from './jpeg.ts';
import type { PageImage } from './page-image.ts';
import type { Settings } from './settings.ts';

/** Milliseconds in which a sample of some 100 kB comes over any connection that is still one. */
const PATIENCE = 60_000;

/** The name under which the engine has a picture that is asked about with these settings. */
export function givenAs(id: string, { jpeg }: Pick<Settings, 'jpeg'>): string {
  return jpeg ? `${id}#jpeg` : id;
}

/**
 * Gives the engine a picture it does not have yet, in the place of the same one as it is given with other settings: the
 * engine holds only so many. Asked for at once, one is given after the other.
 * @throws AppError of the fetch or of the picture
 */
export async function giveImage(context: Context, image: PageImage, settings: Pick<Settings, 'jpeg'>): Promise<void> {
  const { giving } = context;
  const before = giving.get(image.id) ?? Promise.resolve();
  const mine = before
    .catch(() => {})
    .then(() => give(context, image, settings))
    .finally(() => {
      if (giving.get(image.id) === mine) giving.delete(image.id);
    });
  giving.set(image.id, mine);
  await mine;
}

async function give({ engine, given }: Context, image: PageImage, { jpeg }: Pick<Settings, 'jpeg'>): Promise<void> {
  const name = givenAs(image.id, { jpeg });
  if (given.has(name)) return;
  const blob = await pictureOf(image);
  const picture = jpeg ? await jpegOf(blob) : blob;
  const other = givenAs(image.id, { jpeg: !jpeg });
  given.delete(other);
  await engine.dropImage(other);
  await engine.setImage(name, picture);
  given.add(name);
}

/** The bytes of a picture. @throws AppError PACKAGE_FETCH_FAILED */
export async function pictureOf({ blob, url }: Pick<PageImage, 'blob' | 'url'>): Promise<Blob> {
  return blob ?? (await fetchImage(url));
}

async function fetchImage(url: string): Promise<Blob> {
  let reason: string;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return await response.blob();
    reason = `status ${response.status}`;
  } catch (thrown) {
    const late = thrown instanceof DOMException && thrown.name === 'TimeoutError';
    reason = late ? `not there after ${PATIENCE / 1000} s` : 'no connection';
  }
  throw new AppError(
    'PACKAGE_FETCH_FAILED',
    `The sample picture could not be fetched (${reason}). Check the connection, then ask again.`,
    { url, reason },
  );
}
