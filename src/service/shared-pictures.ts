const CACHE = 'kosmos2-shared';

/** More than this at once is no sharing of pictures; the rest is left out. */
const MAX_PICTURES = 32;

/** Keeps what another app shared and sends the browser on to the page, which takes it from there. */
export async function receivePictures(request: Request, page: string): Promise<Response> {
  const form = await request.formData();
  const pictures = form.getAll('picture').filter((value): value is File => value instanceof File);
  const cache = await caches.open(CACHE);
  for (const [index, picture] of pictures.slice(0, MAX_PICTURES).entries()) {
    const headers = { 'content-type': picture.type, 'x-name': encodeURIComponent(picture.name) };
    await cache.put(`${page}share/${Date.now()}-${index}`, new Response(picture, { headers }));
  }
  return Response.redirect(`${page}?shared`, 303);
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
