import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type KeptPage, storedOf } from './kept-page.ts';

const built = new URL('../../dist/service.js', import.meta.url);
const service = existsSync(built) ? readFileSync(built, 'utf8') : '';

/** The same build with a runtime of these bytes in place of the one that is kept. */
export async function releaseRuntime({ page, host }: KeptPage, bytes: string) {
  const [kept = ''] = (await storedOf(page, 'kosmos2-runtime')).map((url) => url.slice(url.indexOf('/assets/') + 8));
  const next = kept.replace(/.{8}\.wasm$/, 'NewNew00.wasm');
  const hash = createHash('sha256').update(bytes).digest('base64');
  const [entry = ''] = service.match(/\{[^{}]*\.wasm[^{}]*\}/g)?.filter((each) => each.includes(kept)) ?? [];
  const another = entry.replace(kept, next).replace(/sha256-[^"]+/, `sha256-${hash}`);
  expect(another).not.toBe(entry);
  host.changed.set(`assets/${next}`, bytes).set('service.js', service.replace(entry, another));
  return { kept, next };
}

/** The same build with another icon, or another file in its place, and where a name is given with a new file behind it. */
export function releaseNewVersion(
  { host }: KeptPage,
  { revision = 'next', file = 'favicon.svg', content = '', behind = '' } = {},
): void {
  const changed = content || `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" id="${revision}"/>`;
  const hash = createHash('sha256').update(changed).digest('base64');
  const entries: object[] = [{ url: file, revision, integrity: `sha256-${hash}` }];
  if (behind) entries.push({ url: behind, revision });
  const listed = new RegExp(`\\{[^{}]*"${file}"[^{}]*\\}`);
  const next = service.replace(listed, () => JSON.stringify(entries).slice(1, -1));
  expect(next).not.toBe(service);
  host.changed.set('service.js', next).set(file, changed);
}

/** A file of the server that comes when it is let. */
export function heldFile() {
  let letCome = () => {};
  const held = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  const late: RequestListener = (_, response) => void held.then(() => response.end('late'));
  return { late, letCome };
}

/** Has the page look for a newer version, and waits until the one that comes is this far. */
export function lookForNewer(page: Page, state: 'installing' | 'waiting'): Promise<unknown> {
  return page.evaluate(async (wanted) => {
    const registration = await navigator.serviceWorker.ready;
    void registration.update();
    while (!registration[wanted]) await new Promise((resolve) => setTimeout(resolve, 50));
  }, state);
}
