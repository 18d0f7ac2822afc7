import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireBuiltPage } from '../../scripts/setup.mjs';
import type { GenerationEvent } from '../../src/protocol/generation.ts';
import type { ImporterRequest } from '../../src/protocol/importer-messages.ts';
import type { Request } from '../../src/protocol/messages.ts';
import type { Tab } from './tab.ts';

/** What a worker of the page answers; `at` is milliseconds after the request was sent. */
export interface Reply {
  readonly type: string;
  readonly at: number;
  readonly result?: unknown;
}

/** A part of an answer, as the page hears of it. */
export interface TimedEvent {
  readonly event: GenerationEvent;
  readonly at: number;
}

/** Asks a worker of the built page. @returns the reply that ends the request */
export function call(tab: Tab, worker: string, request: ImporterRequest | Request): Promise<Reply> {
  return tab.page.evaluate(`callWorker('${worker}', ${JSON.stringify(request)})`) as Promise<Reply>;
}

/** The events of the answer that was generated last. */
export async function lastEvents(tab: Tab): Promise<readonly TimedEvent[]> {
  return (await tab.page.evaluate('rehearsal.progress')) as readonly TimedEvent[];
}

/** Gives the inference worker a sample picture under an id. */
export async function setPicture(tab: Tab, worker: string, image: string, sample: string): Promise<void> {
  const reply = await tab.page.evaluate(
    `fetch('samples/${sample}.png').then((answer) => answer.blob()).then((blob) => callWorker('${worker}', { type: 'set-image', id: 2, image: '${image}', blob }))`,
  );
  if ((reply as Reply).type !== 'image-set') throw new Error(JSON.stringify(reply));
}

/**
 * Address of a worker of the built page in `folder`: the file of that name that imports what serves (workers/start-worker.ts).
 *
 * @throws SetupError where there is no built page
 */
export async function workerAsset(folder: string, name: string): Promise<string> {
  requireBuiltPage(folder);
  for (const file of await readdir(join(folder, 'assets'))) {
    if (!file.startsWith(`${name}-`) || !file.endsWith('.js')) continue;
    if ((await readFile(join(folder, 'assets', file), 'utf8')).includes('/serve-')) return `./assets/${file}`;
  }
  throw new Error(`There is no ${name} worker in ${folder}: run \`npm run build\` first.`);
}
