import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const assets = new URL('../../dist/assets/', import.meta.url);

type Loading = typeof globalThis & { loaded?: Promise<string> };

/** Begins to get the package at an address, in the page's own importer worker. */
export async function download(page: Page, url: string, name: string): Promise<void> {
  // The module of the page that talks to it has the same name, and exports something.
  const worker = readdirSync(assets)
    .filter((file) => /^importer-.*\.js$/.test(file))
    .find((file) => !readFileSync(new URL(file, assets), 'utf8').includes('export{'));
  const call = { type: 'copy', id: 1, name, source: { kind: 'site', url } };
  await page.evaluate(
    ([address, request]) => {
      const importer = new Worker(address, { type: 'module' });
      importer.postMessage(request);
      (window as Loading).loaded = new Promise((resolve) => {
        importer.addEventListener('message', ({ data }) => {
          if (data.type === 'done' || data.type === 'failed') resolve(data.error?.message ?? data.type);
        });
      });
    },
    [`./assets/${worker}`, call] as const,
  );
}

/** Waits for its end: `done`, or why it failed. */
export const loaded = (page: Page) => page.evaluate(() => (window as Loading).loaded);

/** Names and hashes of the files of a stored model. */
export function storedFiles(page: Page, name: string): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async (model) => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models', { create: true });
    const files: Record<string, string> = {};
    const folder = await root.getDirectoryHandle(model).catch(() => null);
    for await (const [file, handle] of folder?.entries() ?? []) {
      const bytes = await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      files[file] = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    return files;
  }, name);
}

/** Every file of a package is stored, right to the byte. */
export function expectWhole(files: Readonly<Record<string, string>>, from: ReadonlyMap<string, Uint8Array>): void {
  const manifest = JSON.parse(new TextDecoder().decode(from.get('manifest.json')));
  for (const [name, { sha256 }] of Object.entries<{ sha256: string }>(manifest.files)) {
    expect(files[name], name).toBe(sha256);
  }
}
