import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { openPage } from './open-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'kosmos2-library-'));
let browser: Browser;

const command = (line: string, cwd: string) => execFileSync(line, { cwd, shell: true, encoding: 'utf8' });

/** The packed library in a Vite project of nobody's, built there; with a picture and the demo model to hand out. */
beforeAll(async () => {
  command('npm run --silent build:lib', root);
  command(`npm pack ./dist-lib --silent --pack-destination "${project}"`, root);
  cpSync(join(root, 'test/fixtures/bare-vite'), project, { recursive: true });
  mkdirSync(join(project, 'public'));
  cpSync(join(root, 'public/models/demo'), join(project, 'public/demo'), { recursive: true });
  cpSync(join(root, 'public/samples/bike-turtle.png'), join(project, 'public/bike-turtle.png'));
  command('npm install --no-fund --no-audit --loglevel=error ./kosmos2-web-*.tgz', project);
  command('npx --no-install vite build --logLevel error', project);
  browser = await launchQuickly();
});

afterAll(async () => {
  await browser?.close();
  rmSync(project, { recursive: true, force: true });
});

it('its types are whole in a strict project without our settings', () => {
  expect(command('npx --no-install tsc -p tsconfig.json', project)).toBe('');
});

it('every type that its engine names can be imported, and those that an inspection is made of', () => {
  const typesOf = (module: string) => readFileSync(join(root, 'dist-lib/src/protocol', `${module}.d.ts`), 'utf8');
  const client = typesOf('client');
  const inspection = [...typesOf('inspection').matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  expect(inspection).toContain('Verdict');
  const names = [...client.matchAll(/^import type \{ (.+) \} from/gm)].flatMap(([, list = '']) => list.split(', '));
  expect(names).toContain('ImageInfo');
  // What places are made of, and why the engine runs on another backend.
  const all = [...new Set([...names, ...inspection, 'CheckpointSource', 'PackageSource', 'WireError'])].join(', ');
  writeFileSync(join(project, 'names.ts'), `export type { ${all} } from 'kosmos2-web';\n`);
  writeFileSync(join(project, 'names.json'), '{ "extends": "./tsconfig.json", "files": ["names.ts"] }');
  expect(command('npx --no-install tsc -p names.json', project)).toBe('');
});

it('its README links to nothing that it does not bring along', () => {
  const readme = readFileSync(join(root, 'dist-lib/README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  const dead = links.filter((link) => !link.includes('://') && !existsSync(join(root, 'dist-lib', link)));
  expect(dead).toEqual([]);
});

it('no sentence of its engine names a parameter of our page, or what that page does by itself', () => {
  const files = readdirSync(join(root, 'dist-lib'), { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => file.endsWith('.js') && !file.startsWith(join('src', 'ui')));
  expect(scripts).toContain(join('src', 'runtime', 'runtime-error.js'));
  const naming = scripts.filter((file) =>
    /\?backend=|It starts again/.test(readFileSync(join(root, 'dist-lib', file), 'utf8')),
  );
  expect(naming).toEqual([]);
});

it('a page of nobody’s gets the answer, shows its boxes and hears which one was clicked', async () => {
  const vite = await viteOf(project);
  const server = await vite.preview({ root: project, logLevel: 'warn', preview: { port: 0, host: 'localhost' } });
  try {
    const { page, complaints } = await openPage(browser, server.resolvedUrls?.local[0] ?? '');
    await page.locator('#caption').filter({ hasText: '.' }).waitFor({ timeout: 120_000 });
    expect(await page.locator('#caption').textContent()).toBe('An image of a bike, a castle, a flower and a turtle.');
    const turtle = page.getByRole('button', { name: /a turtle/ });
    expect(await page.locator('.box-list button').count()).toBe(4);
    const { x, y, width, height } = (await turtle.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(x + width / 2, y + height / 2);
    await expect.poll(() => page.evaluate(() => document.body.dataset.chosen)).toBe('a turtle');
    expect(await colourAt(page, x + width / 2, y + height)).toBe(true);
    await page.getByRole('button', { name: /a bike/ }).press('Enter');
    await expect.poll(() => page.evaluate(() => document.body.dataset.chosen)).toBe('a bike');
    expect(complaints).toEqual([]);
  } finally {
    await server.close();
  }
});

it('runs in development as in a build', async () => {
  const vite = await viteOf(project);
  const server = await vite.createServer({ root: project, logLevel: 'warn', server: { port: 0, host: 'localhost' } });
  try {
    await server.listen();
    const { page, complaints } = await openPage(browser, server.resolvedUrls?.local[0] ?? '');
    await page.locator('#caption').filter({ hasText: '.' }).waitFor({ timeout: 120_000 });
    expect(await page.locator('.box-list button').count()).toBe(4);
    expect(complaints).toEqual([]);
  } finally {
    await server.close();
  }
});

/** The project's own Vite. */
async function viteOf(folder: string): Promise<typeof import('vite')> {
  return import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve('vite')).href);
}

/** Whether the canvas of boxes has paint at a point of the window. */
function colourAt(page: import('playwright-core').Page, x: number, y: number): Promise<boolean> {
  return page.evaluate(
    ([left = 0, top = 0]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.stage-canvas canvas');
      const pen = canvas?.getContext('2d');
      if (!canvas || !pen) return false;
      const place = canvas.getBoundingClientRect();
      const scale = canvas.width / place.width;
      const [, , , alpha = 0] = pen.getImageData((left - place.left) * scale, (top - place.top) * scale, 1, 1).data;
      return alpha > 0;
    },
    [x, y] as const,
  );
}
