/**
 * `npm run trace`: records what the page's main thread does in headless Chromium with a processor four times as slow, at
 * several first visits, and fails where a task is too long: above 50 ms from navigation to the first caption, above 16 ms
 * while an answer is written. Build first (`npm run build`). Times are those of the thread on a processor, so that a busy
 * machine does not count; what its other programs do to the caches still does, so it is the median visit that is judged. An empty
 * page is visited in turns with ours: what it takes, no page can avoid there. It is told, and changes nothing of the limits.
 * `--backend webgpu` runs the model on (software) WebGPU, `--visits N` instead of 5, `--save FILE` keeps the last visit's
 * trace for DevTools.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { serveBuiltPage } from '../../test/support/serve.ts';
import { countOf, oneOf } from '../options.ts';
import { fail } from '../setup.mjs';
import { type BarePage, openBarePage } from './bare-chromium.ts';
import { visitEmptyPage } from './empty-page.ts';
import { evaluate, until } from './evaluate.ts';
import { mainThreadTasks, markedAt, type Task } from './main-thread.ts';
import { traced } from './traced.ts';

const SLOWER = 4;
const LONGEST_BEFORE_CAPTION = 50;
const LONGEST_OF_A_TOKEN = 16;
/** Turns that have ended. */
const ENDED = "document.querySelectorAll('.turn:is([data-status=done], [data-status=failed])').length";

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    visits: { type: 'string', default: '5' },
    save: { type: 'string' },
  },
});
const backend = oneOf(['wasm', 'webgpu'], 'backend', values.backend);
const count = countOf('visits', values.visits);
const site = await serveBuiltPage().catch(fail);
const visits: Awaited<ReturnType<typeof visit>>[] = [];
const emptyVisits: Visit[] = [];
for (let made = 0; made < count; made += 1) {
  visits.push(await visit());
  emptyVisits.push(await visitEmptyPage(SLOWER));
}
await site.close();

const version = visits[0]?.version;
const day = new Date().toISOString().slice(0, 10);
console.info(`${version}, ${backend}, ${SLOWER}x slower, ${cpus()[0]?.model}, ${day}\n`);
console.info(
  '| | allowed (ms) | longest, median visit (ms) | of each visit | above it |\n| --- | ---: | ---: | --- | --- |',
);
const kept = [
  judge('navigation to first caption', opening(visits), LONGEST_BEFORE_CAPTION),
  judge('an answer being written', writing(visits), LONGEST_OF_A_TOKEN),
];
judge('beside it an empty page: navigation', opening(emptyVisits), LONGEST_BEFORE_CAPTION);
judge('words being appended to it', writing(emptyVisits), LONGEST_OF_A_TOKEN);
for (const { above } of kept)
  for (const { cpu, parts } of above) console.info(`\n${cpu.toFixed(1)} ms: ${parts.join('; ')}`);
process.exitCode = kept.every(({ median, limit }) => median <= limit) ? 0 : 1;

/** One visit with a new profile: the page opens and greets with a caption, then a description is asked for by keyboard. */
async function visit() {
  const page = await openBarePage();
  const { product } = await page.send<{ product: string }>('Browser.getVersion');
  await page.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const opened = await traced(page, async () => {
    await page.send('Page.navigate', { url: `${site.url}?backend=${backend}` });
    await until(page, `${ENDED} >= 1`);
  });
  // What waits until the first caption is there: the service worker, the self-test.
  await new Promise((resolve) => setTimeout(resolve, 8000));
  await markAnswers(page);
  await evaluate(page, "document.querySelector('input[name=mode][value=detail]').click()");
  await evaluate(page, "document.querySelector('#composer-field').focus()");
  const written = await traced(page, async () => {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await page.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...key });
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    await until(page, `${ENDED} >= 2`);
  });
  await page.close();
  if (values.save) await writeFile(values.save, JSON.stringify({ traceEvents: [...opened, ...written] }));
  const [first, last] = [markedAt(written, 'first-word'), markedAt(written, 'last-word')];
  return {
    version: product,
    opening: mainThreadTasks(opened),
    writing: mainThreadTasks(written).filter(({ start }) => start >= first && start < last),
  };
}

type Visit = Awaited<ReturnType<typeof visitEmptyPage>>;

function opening(visits: readonly Visit[]): readonly Task[][] {
  return visits.map((visit) => visit.opening);
}

function writing(visits: readonly Visit[]): readonly Task[][] {
  return visits.map((visit) => visit.writing);
}

function judge(what: string, byVisit: readonly (readonly Task[])[], limit: number) {
  const longest = byVisit.map((tasks) => Math.max(0, ...tasks.map(({ cpu }) => cpu)));
  const median = longest.toSorted((a, b) => a - b)[Math.floor(longest.length / 2)] ?? Number.NaN;
  const above = byVisit.map((tasks) => tasks.filter(({ cpu }) => cpu > limit));
  const each = longest.map((one) => one.toFixed(0)).join(', ');
  const counts = above.map((tasks, visit) => `${tasks.length} of ${byVisit[visit]?.length}`).join(', ');
  console.info(`| ${what} | ${limit} | ${median.toFixed(1)} | ${each} | ${counts} |`);
  return { median, limit, above: above.flat() };
}

/** Has the page mark when an answer's first words and its end are there. */
async function markAnswers(page: BarePage): Promise<void> {
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
  await evaluate(page, expression);
}
