import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRECACHED } from '../../../hosting/precached.ts';

let dist: string;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'kosmos2-dist-'));
});
afterAll(() => rm(dist, { recursive: true, force: true }));

it.each([
  ['models/demo/', true],
  ['models/kosmos2/', false],
  ['packages/kosmos2/', false],
])('of a model in %s the service worker of every visitor keeps its files: %s', async (folder, kept) => {
  const files = ['manifest.json', 'tokenizer.json', 'model-00001-of-00001.safetensors'].map((name) => folder + name);
  for (const file of files) {
    await mkdir(dirname(join(dist, file)), { recursive: true });
    await writeFile(join(dist, file), '');
  }
  const found = await glob(PRECACHED.globPatterns, { cwd: dist });
  expect(found.filter((file) => file.startsWith(folder)).toSorted()).toEqual(kept ? files.toSorted() : []);
});

it.each([
  ['index.html', true],
  ['manifest.webmanifest', true],
  ['assets/page-1.js', true],
  ['app-icons/icon-192.png', true],
  ['samples/farm.png', true],
  ['about.html', false],
  ['NOTICE.txt', false],
  ['pictures/dog.jpg', false],
  ['screenshots/wide.png', false],
])('of what lies in the built folder, %s is kept by the service worker of every visitor: %s', async (file, kept) => {
  await mkdir(dirname(join(dist, file)), { recursive: true });
  await writeFile(join(dist, file), '');
  const found = await glob(PRECACHED.globPatterns, { cwd: dist });
  expect(found.includes(file)).toBe(kept);
});

it('nothing lies where Apache httpd and lighttpd, as distributions configure them, put files of their own before those of a site', async () => {
  const theirs = ['cgi-bin', 'doc', 'error', 'icons', 'javascript', 'manual', 'server-info', 'server-status'];
  const ours = await readdir(new URL('../../../public/', import.meta.url));
  expect(ours).toContain('samples');
  expect([...ours, 'assets'].filter((name) => theirs.includes(name))).toEqual([]);
});
