/**
 * `npm run bench:browser`: measures in headless Chromium, with the built page's own workers, how soon an answer begins and
 * how long a stored package takes to open; on WebGPU also what a captured token takes. Build first (`npm run build`).
 * `--backend wasm|webgpu` one of the two, `--rounds N` counted runs of each; `--capture` measures captured tokens alone,
 * `--middle` the opening alone, of a random model of 165 million numbers (made in .cache/middle, 0.8 GB while it is), and
 * `--package DIR` that of any package, each time in a worker of its own, on WebGPU until its warm-up begins.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folderCheckpoint, folderSink } from '../../src/cli/folder-files.ts';
import { writeRandomCheckpoint } from '../../src/cli/random-checkpoint.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import { openTab } from '../../test/rehearsal/tab.ts';
import { workerAsset } from '../../test/rehearsal/worker.ts';
import { servePlainly } from '../../test/support/plain-host.ts';
import { countOf, oneOf } from '../options.ts';
import { fail, SetupError } from '../setup.mjs';
import { capturing } from './capturing.ts';
import { firstTokens } from './first-tokens.ts';
import { opening } from './opening.ts';

const { values } = parseArgs({
  options: {
    backend: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    middle: { type: 'boolean', default: false },
    capture: { type: 'boolean', default: false },
    package: { type: 'string' },
  },
});
if (values.package !== undefined && (values.middle || values.capture))
  fail(new SetupError('--package measures the opening of that package alone: leave out --middle and --capture.'));
const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const rounds = countOf('rounds', values.rounds);
const both = ['wasm', 'webgpu'] as const;
const backends = values.backend === undefined ? both : [oneOf(both, 'backend', values.backend)];
const alone = values.middle || values.package !== undefined;
const name = values.package !== undefined ? basename(resolve(values.package)) : values.middle ? 'middle' : 'demo';
const workers = {
  importer: await workerAsset(root('dist'), 'importer').catch(fail),
  inference: await workerAsset(root('dist'), 'inference').catch(fail),
};
if (values.middle) await makeMiddle(root('.cache/middle'));
const other = await servePlainly({
  folder: values.package ?? root('.cache/middle/package'),
  headers: { 'access-control-allow-origin': '*' },
});
// A response that stays the same, as the service worker's does: with it the browser keeps the compiled runtime.
const host = await servePlainly({ headers: { 'cache-control': 'max-age=3600' } });
// A page of its own without a model: what is measured is that of one open model.
host.changed.set('empty.html', '<!doctype html><title>Benchmark</title>');
const demo = `${host.url}models/demo/`;

console.info(
  `${cpus()[0]?.model}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds\n`,
);
const share = (part: number, whole: number) => `${part.toFixed(0)} (${((100 * part) / whole).toFixed(0)}%)`;

if (!alone && !values.capture) await tellFirstTokens();
if (!alone && backends.includes('webgpu')) {
  await inTab(async (tab) => {
    const { plain, captured, trial } = await capturing(tab, workers.inference, demo, rounds);
    console.info(`\nms a token on WebGPU: ${plain.toFixed(0)} plainly, ${captured.toFixed(0)} captured`);
    console.info(`its trial: ${trial}`);
  });
}
if (!values.capture) await tellOpening();
await host.close();
await other.close();

async function tellFirstTokens(): Promise<void> {
  console.info('| first token of the demo model, ms | encoding and prefill | at once | follow-up | 2 s later | back |');
  console.info('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const backend of backends) {
    await inTab(async (tab) => {
      const {
        encodingAndPrefill: whole,
        atOnce,
        followUp,
        later,
        back,
      } = await firstTokens(tab, workers.inference, demo, backend, rounds);
      const cells = [atOnce, followUp, later, back].map((time) => share(time, whole));
      console.info(`| ${backend} | ${whole.toFixed(0)} | ${cells.join(' | ')} |`);
    });
  }
}

async function tellOpening(): Promise<void> {
  console.info('\n| reopened, ms | MB | raw read | upload or copy | sessions made | open |');
  console.info('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const backend of backends) {
    await inTab(async (tab) => {
      const from = alone ? other.url : demo;
      const warmUp = values.package === undefined;
      const { bytes, read, upload, open, beforeWarmUp } = await opening(tab, workers, from, backend, rounds, warmUp);
      const times = (time: number) =>
        Number.isNaN(time) ? 'not waited for' : `${time.toFixed(0)} (${(time / (read + upload)).toFixed(2)} times)`;
      console.info(
        `| ${name}, ${backend} | ${(bytes / 1e6).toFixed(1)} | ${read.toFixed(0)} | ${upload.toFixed(0)} | ${times(beforeWarmUp)} | ${times(open)} |`,
      );
    });
  }
}

/** Opens a Chromium with a profile of its own, and ends it. */
async function inTab(run: (tab: Awaited<ReturnType<typeof openTab>>) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'kosmos2-bench-'));
  const tab = await openTab(profile, `${host.url}empty.html`);
  try {
    await tab.page.evaluate(await readFile(new URL('raw-read.js', import.meta.url), 'utf8'));
    await run(tab);
  } finally {
    await tab.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** A package of the full architecture in a size between the demo model and KOSMOS-2: 165 MB in q8. */
async function makeMiddle(folder: string): Promise<void> {
  if (existsSync(join(folder, 'package', 'manifest.json'))) return;
  const checkpoint = join(folder, 'checkpoint');
  await writeRandomCheckpoint(checkpoint, root('test/fixtures/reference/tokenizer/tokenizer.json'), {
    model_type: 'kosmos-2',
    latent_query_num: 64,
    text_config: { embed_dim: 1024, attention_heads: 16, ffn_dim: 4096, layers: 6 },
    vision_config: { hidden_size: 512, num_attention_heads: 8, intermediate_size: 2048, num_hidden_layers: 6 },
  });
  await importCheckpoint(folderCheckpoint(checkpoint), folderSink(join(folder, 'package')), {
    scheme: 'q8',
    name: 'Middle',
    description: 'Random weights of a middle size',
    licence: 'CC0-1.0',
    source: { repository: 'random', revision: null },
  });
  await rm(checkpoint, { recursive: true });
}
