import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-evaluation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = () => openPage(browser, `${site.url}evaluation.html?backend=wasm`);
const phase = (page: Page, wanted: string) =>
  page.waitForFunction((one) => document.documentElement.dataset.evaluation === one, wanted, { timeout: 120_000 });
const figure = (page: Page, name: string) =>
  page.locator(`.figures tr:has(th:text-is("${name}")) td`).first().textContent();

/** In the page, for the rest of the run may take less than a word from here. */
function stopAtFirstFigures(): void {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.figures')) return;
    watch.disconnect();
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop')?.click();
  });
  watch.observe(document.body, { subtree: true, childList: true });
}

it('composed scenes: nearly every phrase is found, a run that is stopped goes on after a reload, and its lines are a file', async () => {
  const { page, complaints } = await open();
  // As it is typed, from empty.
  await page.getByLabel('Samples at most').fill('');
  await page.getByLabel('Samples at most').pressSequentially('40');
  await page.getByRole('button', { name: 'Compose scenes' }).click();
  await page.getByText('Drawn scenes: 40 samples to ask about.').waitFor();
  await page.evaluate(stopAtFirstFigures);
  await page.getByRole('button', { name: 'Run' }).click();
  await phase(page, 'stopped');
  const kept = Number((await page.locator('.evaluation > [role=status]').textContent())?.match(/at (\d+) of 40/)?.[1]);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(40);

  await page.reload();
  expect(await page.getByLabel('Samples at most').inputValue()).toBe('40');
  await page.getByRole('button', { name: 'Compose scenes' }).click();
  await page.getByText('40 samples to ask about').waitFor();
  expect(await page.locator('.figures caption').textContent()).toMatch(new RegExp(`^Figures of ${kept} samples?$`));
  expect(await page.getByText(/^Model: /).textContent()).not.toContain('/');
  await page.getByRole('button', { name: 'Go on' }).click();
  await phase(page, 'done');
  expect(Number(await figure(page, 'recall@1'))).toBeGreaterThan(90);
  expect(await page.locator('.figures caption').textContent()).toBe('Figures of 40 samples');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save results' }).click();
  const path = join(folder, 'scenes.jsonl');
  await (await download).saveAs(path);
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(40);

  // A policy of the page reaches no script that the test itself evaluates.
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document.body));
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  // All of it thrown away, and taken back from the file. One press is no word.
  const anew = page.getByRole('button', { name: 'Begin anew' });
  await anew.click();
  const question = page.getByRole('group', { name: /^Delete the results of 40 samples\?/ });
  await question.getByRole('button', { name: 'Keep it' }).click();
  expect(await anew.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await page.locator('.figures').count()).toBe(1);
  await anew.click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.locator('.figures').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('40 samples to ask about');
  await page.getByLabel('Open results…').setInputFiles(path);
  await page.locator('.figures').waitFor();
  const told = await page.locator('.evaluation > [role=status]').textContent();
  expect(told).toMatch(/^40 of 40 answered, .* What came from the file is not kept in this browser: keep the file\.$/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('is stopped while the runtime is still on its way, and runs once it is there', async () => {
  const { page } = await open();
  let arrived = () => {};
  const held = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  await page.route('**/*.wasm', (route) => held.then(() => route.continue()));
  await page.getByLabel('Samples at most').fill('2');
  await page.getByRole('button', { name: 'Compose scenes' }).click();
  const asked = page.waitForRequest('**/*.wasm');
  const weights = page.waitForResponse('**/*.safetensors');
  await page.getByRole('button', { name: 'Run' }).click();
  await Promise.all([asked, (await weights).finished()]);
  // Till they have been looked at, it is they that a stop ends.
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Stop' }).click();
  await phase(page, 'stopped');
  expect(await page.locator('.evaluation > [role=status]').textContent()).toBe('Stopped.');
  arrived();
  await page.getByRole('button', { name: 'Run' }).click();
  await phase(page, 'done');
  await page.context().close();
});

it('by keyboard, whatever was pressed leaves the focus with the samples once it cannot be pressed any more', async () => {
  const { page } = await open();
  const focused = () => page.locator('p:focus').textContent({ timeout: 5000 });
  await page.getByLabel('Samples at most').fill('2000');
  await page.getByRole('button', { name: 'Compose scenes' }).press('Enter');
  await phase(page, 'ready');
  expect(await focused()).toContain('2000 samples to ask about');
  await page.getByLabel('Samples at most').fill('3');
  await page.getByRole('button', { name: 'Compose scenes' }).press('Enter');
  await page.getByText('3 samples to ask about').waitFor();
  await page.getByRole('button', { name: 'Run' }).press('Enter');
  await phase(page, 'done');
  expect(await focused()).toContain('3 samples to ask about');

  const chosen = page.getByLabel('Choose its folder…');
  await chosen.focus();
  await chosen.setInputFiles(join(process.cwd(), 'public/samples'));
  await page.getByRole('alert').waitFor();
  expect(await chosen.evaluate((input) => input === document.activeElement)).toBe(true);
  await page.context().close();
});

it.each(['en', 'de'])('in %s the page is no wider than a small phone', async (language) => {
  const { page } = await openPage(browser, `${site.url}evaluation.html?backend=wasm&lang=${language}`);
  await page.setViewportSize({ width: 320, height: 600 });
  await page.locator('.plan select').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.context().close();
});

it('a folder of Flickr30k Entities: its phrases are asked about, and what is wrong is shown beside what is right', async () => {
  const data = join(folder, 'flickr');
  await mkdir(join(data, 'Sentences'), { recursive: true });
  await mkdir(join(data, 'Annotations'));
  await writeFile(join(data, 'val.txt'), '7\n8\n');
  const object = (id: number, [x1, y1, x2, y2]: readonly number[]) =>
    `<object><name>${id}</name><bndbox><xmin>${x1}</xmin><ymin>${y1}</ymin><xmax>${x2}</xmax><ymax>${y2}</ymax></bndbox></object>`;
  const annotation = (...objects: string[]) =>
    `<annotation><size><width>100</width><height>100</height></size>${objects.join('')}</annotation>`;
  // The bike is where it is; the turtle is said to be where it is not.
  await writeFile(join(data, 'Annotations/7.xml'), annotation(object(1, [8, 11, 42, 45]), object(2, [0, 80, 10, 100])));
  await writeFile(join(data, 'Sentences/7.txt'), '[/EN#1/vehicles a bike] and [/EN#2/animals a turtle] .\n');
  await writeFile(join(data, 'Annotations/8.xml'), annotation(object(3, [0, 0, 50, 50])));
  await writeFile(join(data, 'Sentences/8.txt'), '[/EN#3/animals a dog]\n');
  await writeFile(join(data, '7.jpg'), await readFile('public/samples/bike-turtle.png'));

  const { page } = await open();
  await page.getByLabel('Data set').selectOption('flickr30k');
  await page.getByLabel('Choose its folder…').setInputFiles(data);
  await page.getByText('Flickr30k Entities: 3 samples to ask about. (flickr)').waitFor();
  await page.getByRole('button', { name: 'Run' }).click();
  await phase(page, 'done');
  expect(await page.locator('.figures caption').textContent()).toBe('Figures of 2 samples, 1 failed');
  expect(await figure(page, 'recall@1')).toBe('50.0');
  expect(await page.locator('.figures tr:has(th:text-is("recall@1")) td').nth(1).textContent()).toBe('77.8');

  const viewer = page.getByRole('region', { name: 'Answers' });
  expect(await viewer.locator('.pager').textContent()).toContain('1 of 2');
  expect(await viewer.locator('.sample-words dd').first().textContent()).toBe('a bike and a turtle');
  expect(await viewer.locator('.box.expected').count()).toBe(1);
  expect(await viewer.locator('.box.got').count()).toBe(1);
  await viewer.getByRole('button', { name: 'Next' }).click();
  expect(await viewer.textContent()).toContain('The picture 8.jpg is not in the folder.');
  await viewer.getByLabel('Right ones too').check();
  expect(await viewer.locator('.pager').textContent()).toContain('of 3');

  // The picture that was missing is put where it belongs.
  await writeFile(join(data, '8.jpg'), await readFile('public/samples/two-pigs.png'));
  await page.getByLabel('Choose its folder…').setInputFiles(data);
  await phase(page, 'ready');
  await page.getByRole('button', { name: 'Go on' }).click();
  await phase(page, 'done');
  expect(await page.locator('.figures caption').textContent()).toBe('Figures of 3 samples');
  expect(await page.getByText('All 3 answered').count()).toBe(1);
  await page.context().close();
});

it('a folder is taken wherever it is dropped, and one dropped into a run does not end it', async () => {
  const { page } = await open();
  await page.getByLabel('Samples at most').fill('20');
  await page.getByRole('button', { name: 'Compose scenes' }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await phase(page, 'running');
  // What nobody prevents, a browser does: it would show the file in place of the page.
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{}'], 'instances.json'));
    const event = { dataTransfer, bubbles: true, cancelable: true };
    return ['dragover', 'drop'].map((type) => !document.body.dispatchEvent(new DragEvent(type, event)));
  });
  expect(prevented).toEqual([true, true]);
  await phase(page, 'done');

  await page.getByLabel('Data set').selectOption('refcoco');
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(process.cwd(), 'public/samples')], dragOperationsMask: 1 };
  // Beside the form.
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 5, y: 700, data });
  await page.getByText('The folder holds no refs(unc).p of refcoco.').waitFor();
  await page.context().close();
});

it('a folder that holds something else is told what is missing', async () => {
  const { page } = await open();
  await page.getByLabel('Data set').selectOption('refcoco');
  await page.getByLabel('Choose its folder…').setInputFiles(join(process.cwd(), 'public/samples'));
  expect(await page.getByRole('alert').textContent()).toContain('The folder holds no refs(unc).p of refcoco.');
  await page.context().close();
});

it('a folder whose files name no sample is told as such', async () => {
  const data = join(folder, 'empty');
  await mkdir(data);
  await writeFile(join(data, 'truth.jsonl'), '\n');
  const { page } = await open();
  await page.getByLabel('Data set').selectOption('scenes');
  await page.getByLabel('Choose its folder…').setInputFiles(data);
  expect(await page.getByRole('alert').textContent()).toContain('“empty” has nothing to ask about');
  await page.context().close();
});
