import { AppError } from '../protocol/errors.ts';
import type { Context } from './context.ts';
import { jpegOf } from './jpeg.ts';
import type { PageImage } from './page-image.ts';
import type { Settings } from './settings.ts';

/** The name under which the engine has a picture that is asked about with these settings. */
export function givenAs(id: string, { jpeg }: Pick<Settings, 'jpeg'>): string {
  return jpeg ? `${id}#jpeg` : id;
}

/**
 * Gives the engine a picture it does not have yet; asked for twice at once, it is given once.
 * @throws AppError of the fetch or of the picture
 */
export async function giveImage(context: Context, image: PageImage, settings: Pick<Settings, 'jpeg'>): Promise<void> {
  const { engine, given, giving } = context;
  const name = givenAs(image.id, settings);
  if (given.has(name)) return;
  async function give(): Promise<void> {
    const blob = await pictureOf(image);
    await engine.setImage(name, settings.jpeg ? await jpegOf(blob) : blob);
    given.add(name);
  }
  const ongoing = giving.get(name) ?? give().finally(() => giving.delete(name));
  giving.set(name, ongoing);
  await ongoing;
}

/** The bytes of a picture. @throws AppError PACKAGE_FETCH_FAILED */
export async function pictureOf({ blob, url }: Pick<PageImage, 'blob' | 'url'>): Promise<Blob> {
  return blob ?? (await fetchImage(url));
}

async function fetchImage(url: string): Promise<Blob> {
  let reason: string;
  try {
    const response = await fetch(url);
    if (response.ok) return await response.blob();
    reason = `status ${response.status}`;
  } catch {
    reason = 'no connection';
  }
  throw new AppError(
    'PACKAGE_FETCH_FAILED',
    `The sample picture could not be fetched (${reason}). Check the connection, then ask again.`,
    { url, reason },
  );
}
