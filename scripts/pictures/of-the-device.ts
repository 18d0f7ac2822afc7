import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../../test/support/chromium.ts';
import { startHubServer } from '../../test/support/hub-server.ts';
import { readFolder } from '../../test/unit/package/memory-files.ts';
import type { Picture } from './picture.ts';
import { answered, DESKTOP, NARROWEST, type Studio, type Visit } from './studio.ts';

/** The network, the disk, the GPU and the worker: what they give, and what the page says when they do not. */
export const ofTheDevice: readonly Picture[] = [
  {
    name: 'before-importing',
    shows: 'Before KOSMOS-2 is fetched: what it costs, what this device has, and what another source would be.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await page.getByRole('button', { name: 'Get the full KOSMOS-2' }).click();
      await page.locator('.dialog .facts').waitFor();
      return page;
    },
  },
  {
    name: 'importing',
    shows:
      'A model is being fetched and packed, here a small one from a local hub; meanwhile a recorded answer of KOSMOS-2.',
    take: importing,
  },
  {
    name: 'import-paused',
    shows: 'Paused: what has come is kept.',
    async take(studio) {
      const page = await importing(studio);
      await pause(page);
      return page;
    },
  },
  {
    name: 'import-failed',
    shows: 'Stopped by the host of the checkpoint: what happened and what to do, with everything kept.',
    async take(studio) {
      const page = await importing(studio);
      await pause(page);
      await page.context().unrouteAll();
      await page.context().route(WEIGHTS, (route) => route.fulfill({ status: 403 }));
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.locator('.getting [role=alert]').waitFor();
      return page;
    },
  },
  {
    name: 'import-resumed',
    shows: 'Gone on with in the background: the header says so while the page is used.',
    async take(studio) {
      const page = await importing(studio);
      await pause(page);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.transfer-chip').waitFor();
      return page;
    },
  },
  {
    name: 'offline',
    shows: 'Offline: the server is gone, the page was opened again all the same.',
    async take({ visit }) {
      const page = await visit({ offline: true });
      await page.getByText('Works offline').waitFor({ timeout: 120_000 });
      await page.context().setOffline(true);
      await page.reload();
      await page.locator('html[data-engine=ready]').waitFor({ timeout: 60_000 });
      await page.getByText('Works offline').waitFor();
      return page;
    },
  },
  {
    name: 'update-offered',
    shows: 'A newer version is there. It is offered, never forced.',
    async take({ host, visit }) {
      const page = await visit({ offline: true });
      await page.getByText('Works offline').waitFor({ timeout: 120_000 });
      await answered(page, 1);
      const worker = await (await fetch(`${host.url}service.js`)).text();
      host.changed.set('service.js', `${worker}\n// Another version.`);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      await page.getByRole('button', { name: 'Update ready' }).waitFor();
      host.changed.clear();
      return page;
    },
  },
  {
    name: 'no-webgpu',
    shows: 'No WebGPU: the page says so once, and runs the model on the CPU.',
    async take({ visit }) {
      const page = await visit({ noGpu: true, query: '' });
      await answered(page, 1);
      return page;
    },
  },
  {
    name: 'worker-lost-and-back',
    shows: 'The worker died in the middle of this answer. Another one took over, and the answer came.',
    async take({ visit }) {
      const page = await visit({
        async before(_, tab) {
          await tab.addInitScript(() => {
            const Plain = Worker;
            window.Worker = class extends Plain {
              constructor(...given: ConstructorParameters<typeof Plain>) {
                super(...given);
                Object.assign(window, { newest: this });
              }
            };
          });
        },
      });
      await answered(page, 1);
      await page.locator('input[name=mode][value=detail]').check({ force: true });
      await page.locator('#composer-field').press('Enter');
      await page.locator('.turn[data-status=writing]').waitFor();
      await page.evaluate(() => (window as typeof window & { newest: Worker }).newest.terminate());
      await answered(page, 2);
      return page;
    },
  },
  {
    name: 'storage-full',
    shows:
      'The disk is full: what is needed, what is missing and what to do. Here the quota is lowered, the model the demo.',
    async take({ host }) {
      // Only a profile on the disk counts what models take.
      const context = await chromium.launchPersistentContext(await mkdtemp(join(tmpdir(), 'kosmos2-picture-')), {
        executablePath: chromiumPath(),
        args: [...chromiumFlags],
        viewport: DESKTOP,
      });
      const page = await context.newPage();
      await page.goto(`${host.url}?backend=wasm&model=${host.url}models/demo/`);
      await answered(page, 1);
      await page.getByText('Works offline').waitFor({ state: 'attached' });
      const session = await context.newCDPSession(page);
      const { origin } = new URL(host.url);
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 3_000_000 });
      await page.getByRole('button', { name: /^Get (and open|it anyway)$/ }).click();
      await page.locator('.getting [role=alert]').waitFor();
      return page;
    },
  },
  {
    name: 'evaluation',
    shows: 'The evaluation page: figures of composed scenes, and an answer beside what is right.',
    take: evaluated,
  },
  {
    name: 'evaluation-narrow',
    shows: 'The same in the dark on the narrowest screen.',
    take: (studio) => evaluated(studio, { viewport: NARROWEST, dark: true }),
  },
];

/** A run over composed scenes, at its end. */
async function evaluated({ visit }: Studio, options: Visit = {}): Promise<Page> {
  const page = await visit({ query: 'evaluation.html?backend=wasm', ...options });
  await page.getByLabel('Samples at most').fill('100');
  await page.getByRole('button', { name: 'Compose scenes' }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.evaluation === 'done', null, { timeout: 120_000 });
  await page.getByLabel('Right ones too').check();
  await page.locator('.boxed-picture img').waitFor();
  if (options.viewport) await page.locator('.viewer').evaluate((viewer) => viewer.scrollIntoView());
  else await page.setViewportSize({ width: 1000, height: 1700 });
  return page;
}

const REPOSITORY = 'microsoft/kosmos-2-patch14-224';
const WEIGHTS = /\/resolve\/.*\.safetensors$/;
/** What lies before the weights in a file of them. */
const HEADER_BYTES = 100_000;

/** A page that gets a model from a hub whose answers stop after a while. */
async function importing({ visit }: Studio): Promise<Page> {
  const hub = await startHubServer({ files: await readFolder('test/fixtures/demo-model'), repository: REPOSITORY });
  const page = await visit({
    async before(context) {
      context.on('close', () => void hub.close());
      let asked = 0;
      await context.route(WEIGHTS, async (route) => {
        const [, start = '0'] = /^bytes=(\d+)-/.exec(route.request().headers().range ?? '') ?? [];
        if (Number(start) <= HEADER_BYTES || ++asked < 4) await route.continue();
      });
    },
  });
  await answered(page, 1);
  await page.getByRole('button', { name: 'Get the full KOSMOS-2' }).click();
  await page.getByText('Another source').click();
  await page.getByLabel('Repository').fill(`hf:${REPOSITORY}`);
  await page.getByLabel('Mirror of the hub').fill(hub.endpoint);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.locator('.facts').getByText(hub.endpoint).waitFor();
  await page.getByRole('button', { name: 'Download and prepare' }).click();
  await page.getByText('Fetching and packing').waitFor();
  return page;
}

async function pause(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
}
