/**
 * `npm run trace`: records what the page's main thread does in headless Chromium with a processor four times as slow, and
 * fails where a task is too long: above 50 ms from navigation to the first caption, above 16 ms while an answer is written.
 * Build first (`npm run build`). Times are those of the thread on a processor, so that a busy machine does not count.
 * `--backend webgpu` runs the model on (software) WebGPU, `--save FILE` keeps the trace for DevTools.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { CDPSession } from 'playwright-core';
import { launchChromium } from '../../test/support/browser.ts';
import { serveBuiltPage } from '../../test/support/serve.ts';
import { mainThreadTasks, markedAt, type Task, type TraceEvent } from './main-thread.ts';

const SLOWER = 4;
const LONGEST_BEFORE_CAPTION = 50;
const LONGEST_OF_A_TOKEN = 16;
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8.execute',
  'toplevel',
];

const { values } = parseArgs({
  options: { backend: { type: 'string', default: 'wasm' }, save: { type: 'string' } },
});
const site = await serveBuiltPage();
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const cdp = await page.context().newCDPSession(page);
await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });

const visit = await traced(cdp, async () => {
  await page.goto(`${site.url}?backend=${values.backend}`, { waitUntil: 'commit' });
  await answered(cdp, 1);
});
// What waits until the first caption is there: the service worker, the self-test.
await page.waitForTimeout(8000);
await markAnswers(cdp);
await page.locator('input[name=mode][value=detail]').check({ force: true });
await page.locator('#composer-field').focus();
const streaming = await traced(cdp, async () => {
  await page.keyboard.press('Enter');
  await answered(cdp, 2);
});
const { version } = await cdp.send('Browser.getVersion').then(({ product }) => ({ version: product }));
await browser.close();
await site.close();
if (values.save) await writeFile(values.save, JSON.stringify({ traceEvents: [...visit, ...streaming] }));

const written = between(
  mainThreadTasks(streaming),
  markedAt(streaming, 'first-word'),
  markedAt(streaming, 'last-word'),
);
const rows = [
  judge('navigation to first caption', mainThreadTasks(visit), LONGEST_BEFORE_CAPTION),
  judge('an answer being written', written, LONGEST_OF_A_TOKEN),
];
const day = new Date().toISOString().slice(0, 10);
console.info(`${version}, ${values.backend}, ${SLOWER}x slower, ${cpus()[0]?.model}, ${day}\n`);
console.info('| | tasks | longest (ms) | allowed (ms) | above |\n| --- | ---: | ---: | ---: | ---: |');
for (const { what, count, longest, limit, above } of rows) {
  console.info(`| ${what} | ${count} | ${longest.toFixed(1)} | ${limit} | ${above.length} |`);
}
for (const { cpu, parts } of rows.flatMap(({ above }) => above))
  console.info(`\n${cpu.toFixed(1)} ms: ${parts.join('; ')}`);
process.exitCode = rows.some(({ above }) => above.length > 0) ? 1 : 0;

function judge(what: string, tasks: readonly Task[], limit: number) {
  const longest = Math.max(0, ...tasks.map(({ cpu }) => cpu));
  return { what, count: tasks.length, longest, limit, above: tasks.filter(({ cpu }) => cpu > limit) };
}

/** Tasks that begin within a time. */
function between(tasks: readonly Task[], start: number, end: number): Task[] {
  return tasks.filter((task) => task.start >= start && task.start < end);
}

async function traced(session: CDPSession, run: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await run();
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  return events;
}

/** Asks the page by itself, for Playwright's own ways bring a script that takes its time on the thread that is measured. */
async function answered(session: CDPSession, turns: number): Promise<void> {
  const expression = "document.querySelectorAll('.turn:is([data-status=done], [data-status=failed])').length";
  for (const end = Date.now() + 300_000; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (result.value >= turns) return;
  }
  throw new Error('The answer did not come within five minutes.');
}

/** Has the page mark when an answer's first words and its end are there. */
async function markAnswers(session: CDPSession): Promise<void> {
  const expression = `{
    let begun = false;
    const observer = new MutationObserver(() => {
      const turn = document.querySelectorAll('.turn')[1];
      if (!begun && turn?.querySelector('.answer')?.textContent) {
        begun = true;
        performance.mark('first-word');
      }
      if (turn?.dataset.status !== 'done') return;
      performance.mark('last-word');
      observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  }`;
  await session.send('Runtime.evaluate', { expression });
}
