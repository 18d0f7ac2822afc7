import { expect, it } from 'vitest';
import { BENCH_STAGES, type BenchReport } from '../../src/protocol/bench.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);

/** On a software GPU it takes half a minute, which only `npm run test:soak` has. */
const BACKENDS = process.env.SOAK_TIMES ? ['webgpu', 'wasm'] : ['wasm'];

it.each(BACKENDS)('the bench runs to its end on %s, and its JSON has every field', async (backend) => {
  const { page, complaints } = await openPage(
    browser,
    `${site.url}bench.html?backend=${backend}&runs=${backend === 'wasm' ? 5 : 1}`,
  );
  await page.getByRole('button', { name: 'Run the bench' }).click();
  await page.waitForFunction(() => /done|failed/.test(document.documentElement.dataset.bench ?? ''), null, {
    timeout: 500_000,
  });
  expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  const report = JSON.parse(await page.locator('textarea.json').inputValue()) as BenchReport;
  expect(report.rows.map(({ stage }) => stage)).toEqual(BENCH_STAGES);
  expect(report.skipped).toEqual([]);
  for (const { stage, time, amount } of report.rows) {
    expect(time.min, stage).toBeGreaterThan(0);
    expect(time.median, stage).toBeGreaterThanOrEqual(time.min);
    expect(time.max, stage).toBeGreaterThanOrEqual(time.median);
    expect(amount, stage).toBeGreaterThan(0);
  }
  const bounded = report.rows.filter(({ ceiling }) => ceiling !== null).map(({ stage }) => stage);
  const loaded = ['first-token', 'follow-up', 'load-stored'];
  expect(bounded).toEqual([...loaded, 'encode', 'prefill', 'decode-64', 'decode-256', 'decode-500']);
  // A first word about a new picture takes its encoding and the reading of its prompt, a follow-up only its own words.
  const least = (stage: string) => report.rows.find((row) => row.stage === stage)?.ceiling?.milliseconds ?? 0;
  expect(least('first-token')).toBeGreaterThan(least('encode'));
  expect(least('follow-up')).toBeLessThan(least('prefill'));
  expect(Date.parse(report.date)).toBeGreaterThan(0);
  expect(report.browser).toContain('Chrome');
  expect(report.cores).toBeGreaterThan(0);
  expect(report.backend.kind).toBe(backend);
  expect(report.model).toEqual({ name: expect.any(String), scheme: 'q8', bytes: expect.any(Number) });
  expect(report.device.copyBytesPerSecond).toBeGreaterThan(0);
  expect(report.device.operationsPerSecond).toBeGreaterThan(0);
  const memory = report.gpuMemory;
  expect(memory !== null).toBe(backend === 'webgpu');
  if (memory) {
    // The weights alone are 4 MB.
    expect(memory.leastBytes).toBeGreaterThan(4e6);
    expect(memory.bytes).toBeGreaterThan(memory.leastBytes);
    expect(memory.share).toBe(memory.leastBytes / memory.bytes);
  }
  // A bar and a row for each, and nothing of it stays stored.
  const ofMemory = memory ? 1 : 0;
  expect(await page.locator('.share-chart li').count()).toBe(bounded.length + ofMemory);
  expect(await page.locator('tbody tr').count()).toBe(BENCH_STAGES.length + ofMemory);
  expect(await storedModels(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('a stored model is not told as one that came from the site', async () => {
  const { page } = await openPage(browser, `${site.url}bench.html?model=stored:mine&backend=wasm&runs=1`);
  await page.evaluate(async (from) => {
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle('kosmos2-models', { create: true });
    const folder = await models.getDirectoryHandle('mine', { create: true });
    const manifest = await (await fetch(`${from}manifest.json`)).json();
    for (const name of [...Object.keys(manifest.files), 'manifest.json']) {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await (await fetch(from + name)).body?.pipeTo(stream);
    }
  }, `${site.url}models/demo/`);
  await page.getByRole('button', { name: 'Run the bench' }).click();
  await page.waitForFunction(() => /done|failed/.test(document.documentElement.dataset.bench ?? ''), null, {
    timeout: 500_000,
  });
  const report = JSON.parse(await page.locator('textarea.json').inputValue()) as BenchReport;
  expect(report.rows.map(({ stage }) => stage)).toEqual(BENCH_STAGES.filter((stage) => stage !== 'load-cold'));
  expect(report.skipped).toEqual([{ stage: 'load-cold', why: 'This model is stored in this browser.' }]);
  await page.context().close();
});

it('a stop is one at once, keeps what was measured and nothing of the model', async () => {
  const { page } = await openPage(browser, `${site.url}bench.html?backend=wasm`);
  await page.getByRole('button', { name: 'Run the bench' }).click();
  await page.locator('tbody tr').first().waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped.').waitFor({ timeout: 2000 });
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect.poll(() => storedModels(page), { interval: 5, timeout: 120_000 }).not.toEqual([]);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => storedModels(page), { timeout: 10_000 }).toEqual([]);
});

/** Names of the models this browser keeps. */
function storedModels(page: import('playwright-core').Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    const root = await navigator.storage.getDirectory();
    for await (const [name, handle] of root) {
      if (handle.kind !== 'directory') continue;
      for await (const inner of (handle as FileSystemDirectoryHandle).keys()) names.push(`${name}/${inner}`);
    }
    return names;
  });
}
