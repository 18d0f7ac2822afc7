import { AppError } from '../protocol/errors.ts';

/** Names of the own machine, to which nothing travels over a network. */
export const OWN_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address of a folder on the web, ending in `/`.
 * @throws AppError OPTION_INVALID
 */
export function webFolder(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password) {
    checkReachable(url);
    url.search = '';
    url.hash = '';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url;
  }
  const message = `${JSON.stringify(address.slice(0, 200))} is no address of a folder on the web; give one like https://example.org/kosmos-2/.`;
  throw new AppError('OPTION_INVALID', message, { address: address.slice(0, 200) });
}

/** A page that came over https is let go to no other address, but on the own machine; Node may go anywhere. */
function checkReachable({ protocol, hostname, host }: URL): void {
  const page: { readonly protocol: string } | undefined = globalThis.location;
  if (page?.protocol !== 'https:' || protocol === 'https:' || OWN_HOSTS.has(hostname)) return;
  const message = `Browsers fetch nothing from http://${host} for a page that came over https. Give the https address of the same folder, if it has one.`;
  throw new AppError('OPTION_INVALID', message, { insecure: `http://${host}` });
}
