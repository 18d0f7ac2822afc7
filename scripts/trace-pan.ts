/**
 * `npm run trace-pan`: pans 200 boxes on a picture of 12 megapixels in Chromium, records a trace of it, and says how much
 * work of the main thread each frame took. `-- --keep FILE` keeps the trace, for chrome://tracing or DevTools.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { launchChromium } from '../test/support/browser.ts';
import { servePlainly } from '../test/support/plain-host.ts';

/** Most work in a frame, in milliseconds. */
const LIMIT = 8;
const FRAMES = 120;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'test/browser/ui/pan-stage.html';

/** An event of Chromium's trace format; times in microseconds, `tdur` without the time other threads took. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const folder = `${ROOT}.cache/pan-stage`;
await build({
  ...{ root: ROOT, base: './', configFile: false, logLevel: 'warn', publicDir: false },
  plugins: [react()],
  build: { target: 'es2022', outDir: folder, emptyOutDir: true, rolldownOptions: { input: `${ROOT}${PAGE}` } },
});
const host = await servePlainly({ folder });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`${host.url}${PAGE}`);
await page.locator('html[data-shown]').waitFor();
await page.locator('.stage').focus();
for (let step = 0; step < 3; step++) await page.keyboard.press('+');
await page.waitForTimeout(1000);

const along = (step: number) => [640 + 70 * Math.sin(step / 9), 400 + 50 * Math.sin(step / 7)] as const;
await page.mouse.move(...along(0));
await page.mouse.down({ button: 'middle' });
await page.mouse.move(...along(1));
await browser.startTracing(page, {
  categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'],
});
for (let step = 2; step < FRAMES + 2; step++) await page.mouse.move(...along(step));
const trace = await browser.stopTracing();
await page.mouse.up({ button: 'middle' });
await browser.close();
await host.close();
if (values.keep) await writeFile(values.keep, trace);

const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
const frames = workByFrame(traceEvents).toSorted((a, b) => a - b);
const at = (part: number) => frames[Math.min(frames.length - 1, Math.floor(part * frames.length))] ?? Number.NaN;
const said = [`median ${at(0.5).toFixed(1)}`, `95% ${at(0.95).toFixed(1)}`, `most ${at(1).toFixed(1)}`].join(', ');
console.log(`${frames.length} frames of a pan with 200 boxes on 4000 x 3000 pixels; main-thread work in ms: ${said}.`);
if (!(frames.length > FRAMES / 2 && at(1) <= LIMIT)) {
  console.error(`More than ${LIMIT} ms in a frame, or too few frames to tell.`);
  process.exitCode = 1;
}

/** Milliseconds the page's main thread worked for each frame: all its tasks from one commit to the next. */
function workByFrame(events: readonly TraceEvent[]): readonly number[] {
  const commits = events.filter(({ name, ph }) => name === 'Commit' && ph === 'X');
  const [first] = commits;
  if (!first) return [];
  const isMain = ({ pid, tid }: TraceEvent) => pid === first.pid && tid === first.tid;
  const ends = commits
    .filter(isMain)
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  const tasks = events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && isMain(event));
  return ends.slice(1).map((end, index) => {
    const from = ends[index] ?? 0;
    const within = tasks.filter(({ ts }) => ts >= from && ts < end);
    return within.reduce((sum, { tdur, dur = 0 }) => sum + (tdur ?? dur), 0) / 1000;
  });
}
