import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBarePage } from './bare-chromium.ts';
import { until } from './evaluate.ts';
import { mainThreadTasks, markedAt, type Task } from './main-thread.ts';
import { traced } from './traced.ts';

/** As many words as an answer has, as fast as frames come. */
const PAGE = `<!doctype html><title>Empty</title><p></p><script>
const words = document.querySelector('p');
let written = 0;
function write() {
  if (written === 0) performance.mark('first-word');
  words.append('word ');
  written += 1;
  if (written < 60) return void requestAnimationFrame(write);
  performance.mark('last-word');
  document.title = 'Written';
}
setTimeout(write, 1500);
</script>`;

/**
 * One visit to a page that is a paragraph, and words being appended to it: what a navigation and a frame cost any page on
 * this machine, before ours has done anything.
 */
export async function visitEmptyPage(slower: number): Promise<{ readonly opening: Task[]; readonly writing: Task[] }> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE)).listen(0);
  const { port } = server.address() as AddressInfo;
  const page = await openBarePage();
  await page.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const events = await traced(page, async () => {
    await page.send('Page.navigate', { url: `http://localhost:${port}/` });
    await until(page, "document.title === 'Written'");
  });
  await page.close();
  server.close();
  const tasks = mainThreadTasks(events);
  const [first, last] = [markedAt(events, 'first-word'), markedAt(events, 'last-word')];
  return {
    opening: tasks.filter(({ start }) => start < first),
    writing: tasks.filter(({ start }) => start >= first && start < last),
  };
}
