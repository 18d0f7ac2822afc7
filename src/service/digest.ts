/** SHA-256 of a response's bytes, in base64; the response can still be read. */
export async function digestOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** Whether these are the response's bytes. What the browser itself finds damaged on its disk cannot be read at all. */
export async function hasDigest(response: Response, digest: string): Promise<boolean> {
  return (await digestOf(response).catch(() => null)) === digest;
}
