/**
 * Loads the page again where its address brought a name and a password along (`https://name:password@host/`): no request may
 * have them in its address, and they would be read in messages. The browser remembers them. Never resolves then, so that
 * whoever awaits it starts nothing.
 */
export async function leaveCredentials(): Promise<void> {
  // Chromium leaves them out of location.href.
  const { username, password } = new URL(document.baseURI);
  if (!username && !password) return;
  const address = new URL(location.href);
  address.username = '';
  address.password = '';
  location.replace(address);
  await new Promise(() => {});
}
