import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../hosting/content-security-policy.ts';
import { MAX_SHARD_BYTES, shardName } from '../../src/package/manifest.ts';
import { launchProfile } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { engineReady } from './open-page.ts';

/** Bytes the browser keeps for the page: less than any full model takes. */
const QUOTA = 1e9;

let profile: string;
let context: BrowserContext;
let page: Page;
let host: PlainHost;
let manifest: Record<string, unknown>;
let config: Record<string, unknown>;

beforeAll(async () => {
  const json = async (name: string) => JSON.parse(await readFile(`public/models/demo/${name}`, 'utf8'));
  [manifest, config] = [await json('manifest.json'), await json('config.json')];
  host = await servePlainly({ beside: { members: forMembers } });
  // Windows that keep nothing have a quota of their own making.
  profile = await mkdtemp(join(tmpdir(), 'kosmos2-profile-'));
  context = await launchProfile(profile);
  page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.url).origin, quotaSize: QUOTA });
});
afterAll(async () => {
  await context?.close();
  await host?.close();
  await rm(profile, { recursive: true, force: true });
});

/** The demo model for those who have logged in, for all others the page on which they can. */
const forMembers: RequestListener = async ({ url = '', headers }, response) => {
  if (headers.cookie !== 'member=yes')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in');
  const name = new URL(url, host.url).pathname.split('/').at(-1) ?? '';
  const bytes = await readFile(join('public/models/demo', name)).catch(() => null);
  response.writeHead(bytes ? 200 : 404).end(bytes);
};

/** Opens the page with `?model=` at a folder of these files beside it, without a GPU. */
async function visit(model: string, files: Readonly<Record<string, unknown>> = {}): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    host.changed.set(`${model}/${name}`, typeof content === 'string' ? content : JSON.stringify(content));
  }
  await page.goto(`${host.url}?backend=wasm&model=${model}`);
}

it.each([
  ['llama', 'another kind of model', /"llama"/],
  ['deep', 'a value nested deeper than the page can be told', /latent_query_num/],
  ['page', 'a site that answers everything with its page', /manifest\.json/],
  ['later', 'a package of a later format', /format 2.*format 1/],
  ['bare', 'a checkpoint without its weights', /neither model\.safetensors nor/],
])('?model=%s, %s, is told in a sentence, and the demo model goes on', async (name, _, sentence) => {
  const files: Readonly<Record<string, object>> = {
    llama: { 'manifest.json': manifest, 'config.json': { ...config, model_type: 'llama' } },
    deep: { 'manifest.json': manifest, 'config.json': `{"latent_query_num":${'['.repeat(3000)}${']'.repeat(3000)}}` },
    page: { 'manifest.json': '<!doctype html>' },
    later: { 'manifest.json': { ...manifest, format: 2 } },
    bare: { 'config.json': config },
  };
  await visit(name, files[name] as Record<string, unknown>);
  const alert = page.locator('.dialog [role=alert]');
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(sentence);
  expect(await alert.textContent()).not.toContain('inside');
  await page.getByRole('button', { name: 'Close' }).click();
  await engineReady(page);
});

it('?model= with a model too big for the device says what is missing, and no weight of it is fetched', async () => {
  const shards = 200;
  const file = { bytes: MAX_SHARD_BYTES, sha256: '0'.repeat(64) };
  const texts = Object.entries(manifest.files as object).filter(([name]) => name.endsWith('.json'));
  const weights = Array.from({ length: shards }, (_, i) => [shardName(i + 1, shards), file]);
  await visit('giant', {
    'manifest.json': { ...manifest, name: 'Giant', files: Object.fromEntries([...texts, ...weights]) },
    // Six times as deep as KOSMOS-2.
    'config.json': { model_type: 'kosmos-2', text_config: { layers: 144 }, vision_config: {} },
  });
  const dialog = page.locator('.dialog');
  await dialog.getByText('Giant', { exact: true }).waitFor();
  const lacks = (await dialog.locator('.verdicts').textContent()) ?? '';
  expect(lacks).toMatch(/On the CPU this model needs 12\.\d+ GB, more than the 4\.29 GB a page can have/);
  expect(lacks).toMatch(/Storing the model takes 12\.80 GB; this browser has \d{3} MB left for it/);
  await dialog.getByRole('button', { name: 'Get it anyway' }).click();
  await page
    .locator('.getting [role=alert]')
    .getByText(/needs .* of storage and .* are missing/)
    .waitFor();
  expect(host.asked.filter((name) => name.startsWith('giant/')).toSorted()).not.toContainEqual(
    expect.stringMatching(/safetensors|tokenizer/),
  );
  await engineReady(page);
});

it('a model the site has ready is offered first where the full one is asked for', async () => {
  await visit('models/demo');
  const dialog = page.locator('.dialog');
  await dialog.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: 'Get the full KOSMOS-2' }).click();
  await dialog.getByText('This site has it ready to use').waitFor();
  await dialog.getByRole('button', { name: 'Look at it' }).first().click();
  await dialog.getByText(`${host.url}models/demo/`).waitFor();
  await dialog.getByRole('button', { name: 'Get and open' }).waitFor();
});

it("a model of the page's own site is handed out to those who have logged in there", async () => {
  await visit('members');
  const dialog = page.locator('.dialog');
  await dialog.getByRole('alert').getByText('There is neither a ready model').waitFor();
  await context.addCookies([{ name: 'member', value: 'yes', url: host.url }]);
  await visit('members');
  await dialog.getByRole('button', { name: 'Get and open' }).waitFor();
});

it('a model at an address that the policy of the site forbids is told as that, and not as a fault of the connection', async () => {
  const headers = { 'Content-Security-Policy': contentSecurityPolicy('https://models.example') };
  const strict = await servePlainly({ headers });
  await page.goto(`${strict.url}?backend=wasm&model=https://elsewhere.invalid/kosmos2/`);
  await page.locator('.dialog').getByRole('button', { name: 'Look at it' }).first().click();
  const alert = page.locator('.dialog [role=alert]');
  await alert.getByText('forbids its pages to connect to https://elsewhere.invalid').waitFor();
  expect(await alert.textContent()).not.toContain('Check the connection');
  await strict.close();
});
