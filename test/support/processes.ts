import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

/** Ids of the processes of a browser, by kind. */
export async function processesOf(browser: Browser): Promise<Record<'renderer' | 'browser' | 'GPU', number[]>> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const ids = (kind: string) => processInfo.filter(({ type }) => type === kind).map(({ id }) => id);
  return { renderer: ids('renderer'), browser: ids('browser'), GPU: ids('GPU') };
}

/** The tab among the renderers: spare ones lie idle. */
export async function busiest(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(pids.map(async (pid) => ({ pid, size: await highWater(pid) })));
  return (sizes.sort((a, b) => b.size - a.size)[0] as { pid: number }).pid;
}

/** Most resident memory a process has had, in bytes. */
export function highWater(pid: number): Promise<number> {
  return memoryOf(pid, 'VmHWM');
}

/** Resident memory of a process in bytes: now (`VmRSS`), or the most so far. */
export async function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
}
