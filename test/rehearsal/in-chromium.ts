// The full size in a browser: not a test, for it takes minutes and 9 GB of disk. It imports the checkpoint of
// `npm run rehearsal -- --keep` with the built page's own workers into Chromium's private file system, kills the tab in the
// middle, goes on, compares every hash with those of Node's import, opens the model on WASM and asks it:
//   npm run build && npm run rehearsal:chromium
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Manifest } from '../../src/package/manifest.ts';
import type { ImporterRequest, TransferProgress } from '../../src/protocol/importer-messages.ts';
import type { Request } from '../../src/protocol/messages.ts';
import { servePlainly } from '../support/plain-host.ts';
import { serveFolderAsHub } from './folder-hub.ts';
import { openTab, type Tab } from './tab.ts';
import { timeline } from './timeline.ts';
import { call, lastEvents, setPicture, workerAsset } from './worker.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '.cache/rehearsal' },
    page: { type: 'string', default: 'dist' },
    tokens: { type: 'string', default: '9' },
    only: { type: 'string' },
  },
});
const MODEL = 'rehearsal';
const REPOSITORY = 'random/kosmos-2';
/** Share of the import after which the tab is killed. */
const KILLED_AT = 0.45;

const { manifest, hub, host, profile } = await prepare();
try {
  if (values.only !== 'open') await importAndCompare();
  if (values.only !== 'import') await openAndAsk();
} finally {
  hub.close();
  await host.close();
  if (values.only === undefined) await rm(profile, { recursive: true, force: true });
}

async function prepare() {
  const profile = join(values.dir, 'profile');
  const manifest = JSON.parse(await readFile(join(values.dir, 'package', 'manifest.json'), 'utf8')) as Manifest;
  if (values.only !== 'open') await rm(profile, { recursive: true, force: true });
  // One port for every run: what is stored belongs to the origin.
  const host = await servePlainly({ folder: values.page, port: 4178 });
  host.changed.set('empty.html', '<!doctype html><title>Rehearsal</title>');
  return { manifest, hub: await serveFolderAsHub(join(values.dir, 'checkpoint'), REPOSITORY), host, profile };
}

async function importAndCompare(): Promise<void> {
  const worker = await workerAsset(values.page, 'importer');
  const request: ImporterRequest = {
    type: 'import',
    id: 1,
    source: { kind: 'hub', name: `hf:${REPOSITORY}`, endpoint: hub.endpoint },
    settings: { name: MODEL, scheme: 'q4', description: 'Random weights of full size', licence: 'CC0-1.0' },
  };
  // The whole page with its demo model, as a person has it open while the big model is fetched.
  const first = await openTab(profile, `${host.url}?backend=wasm`);
  await first.page.locator('.header .chip strong').waitFor();
  const idle = await first.peak();
  tell('the page with its demo model', idle);

  void call(first, worker, request).catch(() => undefined);
  const killed = await progressUntil(first, ({ done, total }) => done >= KILLED_AT * total);
  tell(`killed at ${percent(killed)} after ${seconds(killed.at)}`, await first.peak());
  await first.kill();

  // Then a tab with nothing else in it: the memory measured is that of the importer.
  const second = await first.again(`${host.url}empty.html`);
  tell('an empty tab', await second.peak());
  const ended = call(second, worker, request);
  const resumed = await progressUntil(second, ({ item }) => item !== null);
  const reply = await ended;
  if (reply.type !== 'done') throw new Error(JSON.stringify(reply));
  const kept = `${((100 * resumed.kept) / resumed.total).toFixed(0)}% kept`;
  tell(`went on with ${kept}, done after ${seconds(reply.at)}`, await second.peak());

  const stored = JSON.parse(
    (await second.page.evaluate(`readStored('${MODEL}', 'manifest.json')`)) as string,
  ) as Manifest;
  const names = Object.keys(manifest.files);
  const equal = names.filter((name) => stored.files[name]?.sha256 === manifest.files[name]?.sha256);
  const verified = await call(second, worker, { type: 'verify', id: 2, name: MODEL });
  console.info(
    `${equal.length} of ${names.length} hashes equal to Node's; read back ${seconds(verified.at)}, damaged: ${JSON.stringify(verified.result)}`,
  );
  await second.close();
  if (equal.length !== names.length) throw new Error('The browser made another package than Node.');
}

async function openAndAsk(): Promise<void> {
  const worker = await workerAsset(values.page, 'inference');
  // A page of its own without a model: the memory measured is that of one open model.
  for (const round of ['first', 'second']) {
    const tab = await openTab(profile, `${host.url}empty.html`);
    const open: Request = { type: 'open', id: 1, url: `stored:${MODEL}`, backend: 'wasm', selfTests: null };
    const opened = await call(tab, worker, open);
    if (opened.type !== 'opened') throw new Error(JSON.stringify(opened));
    tell(`opened the ${round} time in ${seconds(opened.at)}`, await tab.peak());
    const parts = (await timeline(tab)).map(({ name, duration }) => `${name} ${seconds(duration)}`);
    console.info(`  of that ${parts.join(', ')}`);
    if (round === 'second') await ask(tab, worker);
    await tab.close();
  }
}

async function ask(tab: Tab, worker: string): Promise<void> {
  await setPicture(tab, worker, 'picture', 'room');
  const prompt = [
    { kind: 'image', image: 'picture' },
    { kind: 'raw', text: '<grounding> An image of' },
  ] as const;
  const options = { maxNewTokens: Number(values.tokens) };
  await call(tab, worker, { type: 'generate', id: 3, prompt, options });
  const last = (await lastEvents(tab)).at(-1)?.event;
  if (last?.type !== 'result') throw new Error('The model ended without a result.');
  const { timings } = last.result;
  tell(
    `image ${seconds(timings.image)}, prefill of ${timings.promptTokens} ${seconds(timings.prefill)}, ${timings.newTokens} tokens at ${timings.tokensPerSecond.toFixed(2)} a second`,
    await tab.peak(),
  );
}

/** Waits for a progress report of a kind. */
async function progressUntil(
  tab: Tab,
  reached: (progress: TransferProgress) => boolean,
): Promise<TransferProgress & { readonly at: number }> {
  for (;;) {
    const last = (await tab.page.evaluate('rehearsal.progress.at(-1)')) as
      | { progress: TransferProgress; at: number }
      | undefined;
    if (last && reached(last.progress)) return { ...last.progress, at: last.at };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function tell(what: string, { tab, browser }: { readonly tab: number; readonly browser: number }): void {
  console.info(
    `${what}; peak memory of the tab ${Math.round(tab / 1e6)} MB, of the browser ${Math.round(browser / 1e6)} MB`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function percent({ done, total }: TransferProgress): string {
  return `${((100 * done) / total).toFixed(0)}%`;
}
