import { storedName } from './stored-address.ts';

/**
 * The address of a folder as the worker needs it: absolute, since a worker's own base is another one, and with a slash at its
 * end. `stored:<name>` stays as it is, and so does what is no address, for the worker to say so.
 * @param base undefined where nothing has an address, as in Node: there only an absolute address is one
 */
export function folderUrl(address: string, base: string | undefined): string {
  if (storedName(address) !== null || !URL.canParse(address, base)) return address;
  const url = new URL(address, base);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}
