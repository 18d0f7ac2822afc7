import { AppError } from '../protocol/errors.ts';
import type { Context } from './context.ts';
import type { PageImage } from './page-image.ts';

/** Gives the engine a picture it does not have yet. @throws AppError of the fetch or of the picture */
export async function giveImage({ engine, given }: Context, image: PageImage): Promise<void> {
  if (given.has(image.id)) return;
  await engine.setImage(image.id, image.blob ?? (await fetchImage(image.url)));
  given.add(image.id);
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
