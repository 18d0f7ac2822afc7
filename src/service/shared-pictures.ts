import { MOST_SHARED, type Shared } from '../protocol/service-messages.ts';

const CACHE = 'kosmos2-shared';

/** Keeps what another app shared and sends the browser on to the page, which takes it from there. */
export async function receivePictures(request: Request, page: string): Promise<Response> {
  // There may be no room for them. The page can tell, and an answer that failed would be a page of the browser's own.
  const shared: Shared = await keepPictures(request, page).catch(() => 'some');
  return Response.redirect(`${page}?shared=${shared}`, 303);
}

async function keepPictures(request: Request, page: string): Promise<Shared> {
  const form = await request.formData();
  const pictures = form.getAll('picture').filter((value): value is File => value instanceof File);
  const cache = await caches.open(CACHE);
  for (const [index, picture] of pictures.slice(0, MOST_SHARED).entries()) {
    const headers = { 'content-type': picture.type, 'x-name': encodeURIComponent(picture.name) };
    await cache.put(`${page}share/${Date.now()}-${index}`, new Response(picture, { headers }));
  }
  return pictures.length > MOST_SHARED ? 'some' : 'all';
}

/** Hands over what was shared to the page at this address, once. */
export async function takePictures(page: string): Promise<File[]> {
  const cache = await caches.open(CACHE);
  const pictures: File[] = [];
  for (const request of await cache.keys()) {
    if (!request.url.startsWith(`${page}share/`)) continue;
    const response = await cache.match(request);
    await cache.delete(request);
    if (!response) continue;
    const name = decodeURIComponent(response.headers.get('x-name') ?? '');
    pictures.push(new File([await response.blob()], name, { type: response.headers.get('content-type') ?? '' }));
  }
  return pictures;
}
