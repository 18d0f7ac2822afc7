import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openTab } from '../rehearsal/tab.ts';
import { call, setPicture, workerAsset } from '../rehearsal/worker.ts';
import { servePlainly } from '../support/plain-host.ts';

/** As often as the issue asks; on a software GPU, where an open takes ten times as long, only in `npm run test:soak`. */
const BACKENDS = [
  ['wasm', 50],
  ['webgpu', process.env.SOAK_TIMES === undefined ? 5 : 50],
] as const;
/** What fills caches for good: compiled code, pools of buffers, the heap's first growth. */
const SETTLING = 4;
/** One set of weights left behind each time would be 16 MB and more; a heap breathes by less than this in all. */
const BREATHING = 50e6;

it.each(BACKENDS)(
  'memory on %s is back at its level after %i opens and closes, an image encoded and an answer begun in each',
  async (backend, opens) => {
    const host = await servePlainly();
    host.changed.set('empty.html', '<!doctype html><title>Reopening</title>');
    const profile = await mkdtemp(join(tmpdir(), 'kosmos2-reopening-'));
    const tab = await openTab(profile, `${host.url}empty.html`);
    const dist = fileURLToPath(new URL('../../dist', import.meta.url));
    const worker = await workerAsset(dist, 'inference');
    // From storage: Chromium keeps what a page that is watched from outside has fetched.
    const source = { kind: 'site', url: `${host.url}models/demo/` } as const;
    const importer = await workerAsset(dist, 'importer');
    expect((await call(tab, importer, { type: 'copy', id: 1, source, name: 'demo' })).type).toBe('done');
    await tab.page.evaluate('void (rehearsal.worker.terminate(), (rehearsal.worker = null))');
    const levels: number[] = [];
    for (let n = 0; n < SETTLING + opens; n += 1) {
      const opened = await call(tab, worker, { type: 'open', id: 1, url: 'stored:demo', backend, selfTests: null });
      expect(opened.type, JSON.stringify(opened)).toBe('opened');
      await setPicture(tab, worker, 'picture', 'room');
      const prompt = [{ kind: 'image', image: 'picture' }, { kind: 'grounding' }] as const;
      await call(tab, worker, { type: 'generate', id: 3, prompt, options: { maxNewTokens: 2 } });
      await call(tab, worker, { type: 'close', id: 4 });
      const { tab: page, gpu } = await tab.resident();
      levels.push(page + gpu);
    }
    const before = Math.min(...levels.slice(SETTLING - 2, SETTLING));
    const after = Math.min(...levels.slice(-2));
    console.log(`${backend}: ${levels.map((bytes) => (bytes / 1e6).toFixed(0)).join(' ')} MB`);
    await tab.close();
    await host.close();
    await rm(profile, { recursive: true, force: true });
    expect(after - before).toBeLessThan(BREATHING);
  },
);
