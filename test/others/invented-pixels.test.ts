import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFirefox } from '../support/firefox.ts';
import { until } from '../support/other-browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { CAPTION, OtherPage } from './other-page.ts';

const { FIREFOX_PATH } = process.env;
/** As LibreWolf, Mullvad Browser and Tor Browser come. */
const RESISTS = { 'privacy.resistFingerprinting': true };

let host: PlainHost;
let folder: string;
beforeAll(async () => {
  host = await servePlainly();
  folder = mkdtempSync(join(tmpdir(), 'firefox-permissions-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await host.close();
});

/** Opens the page in a Firefox with these preferences. */
async function inFirefox(prefs: Readonly<Record<string, unknown>>, look: (page: OtherPage) => Promise<void>) {
  const page = new OtherPage(await openFirefox(FIREFOX_PATH ?? '', prefs));
  try {
    await page.visit(host);
    await look(page);
    expect(await page.faults()).toEqual([]);
  } finally {
    await page.browser.close();
  }
}

it.skipIf(!FIREFOX_PATH)(
  'a Firefox that gives pages invented pixels is told as such, instead of an answer about them',
  () =>
    inFirefox(RESISTS, async ({ browser }) => {
      const failure = `document.querySelector('.turn[data-status=failed] .failure')?.innerText`;
      expect(await until<string>(browser, failure)).toMatch(
        /invented pixels.*Allow this site to use canvas image data/,
      );
    }),
);

it.skipIf(!FIREFOX_PATH)('where a person allows it to read canvases, the answers are those of any other', () => {
  const allowed = join(folder, 'permissions');
  writeFileSync(allowed, `origin\tcanvas\t1\t${new URL(host.url).origin}\n`);
  const prefs = { ...RESISTS, 'permissions.manager.defaultsUrl': pathToFileURL(allowed).href };
  return inFirefox(prefs, async (page) => {
    expect(await page.answers(1)).toEqual([CAPTION]);
    expect(await page.boxes()).toBe(4);
  });
});
