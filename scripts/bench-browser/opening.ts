import type { BackendChoice } from '../../src/protocol/messages.ts';
import { storedAddress } from '../../src/protocol/stored-address.ts';
import type { Tab } from '../../test/rehearsal/tab.ts';
import { timeline } from '../../test/rehearsal/timeline.ts';
import { call } from '../../test/rehearsal/worker.ts';
import { median } from './median.ts';

/** What reopening a stored package takes, and what its bytes alone take. Milliseconds, medians. */
export interface Opening {
  readonly bytes: number;
  /** All weight files read into memory. */
  readonly read: number;
  /** The same bytes written into GPU buffers, or on the CPU copied once. */
  readonly upload: number;
  /** From the request until the model is open; NaN where that was not waited for. */
  readonly open: number;
  /** The part of it before shaders are compiled and every shape is run once. */
  readonly beforeWarmUp: number;
}

const MODEL = 'bench';
const END_WORKER = 'void (rehearsal.worker?.terminate(), (rehearsal.worker = null))';
/** The first that the page hears of the warm-up, which comes behind the sessions. */
const BEGUN = "rehearsal.progress.find(({ progress }) => progress?.phase === 'warmup')";

/**
 * @param tab may already have the package stored: it is copied from `url` otherwise
 * @param warmUp whether to wait for it: a large model on a software GPU takes minutes. Then one worker opens all rounds, whose
 * runtime has started already; else each has its own, as after a reload
 */
export async function opening(
  tab: Tab,
  workers: { readonly importer: string; readonly inference: string },
  url: string,
  backend: BackendChoice,
  rounds: number,
  warmUp = true,
): Promise<Opening> {
  await tab.page.evaluate(END_WORKER);
  const copied = await call(tab, workers.importer, { type: 'copy', id: 1, source: { kind: 'site', url }, name: MODEL });
  if (copied.type !== 'done') throw new Error(JSON.stringify(copied));
  await tab.page.evaluate(END_WORKER);
  const times: Record<Exclude<keyof Opening, 'bytes'>, number[]> = { read: [], upload: [], open: [], beforeWarmUp: [] };
  let bytes = 0;
  // The first opening hashes the files and fetches the runtime; it does not count.
  for (let round = 0; round <= rounds; round++) {
    const raw = (await tab.page.evaluate(`rawRead('${MODEL}', ${backend === 'webgpu'})`)) as RawRead;
    const request = { type: 'open', url: storedAddress(MODEL), backend, selfTests: null } as const;
    const opening = call(tab, workers.inference, { ...request, id: 10 + round });
    const opened = await (warmUp || backend === 'wasm' ? opening : Promise.race([opening, warmUpBegun(tab)]));
    if (opened && opened.type !== 'opened') throw new Error(JSON.stringify(opened));
    const beforeWarmUp = (await tab.page.evaluate(`${BEGUN}?.at`)) as number | undefined;
    for (const { name, start, duration } of await timeline(tab))
      console.info(round, name.padEnd(18), start.toFixed(1).padStart(8), duration.toFixed(1).padStart(8));
    if (warmUp) await call(tab, workers.inference, { type: 'close', id: 100 + round });
    else await tab.page.evaluate(END_WORKER);
    bytes = raw.bytes;
    if (round === 0) continue;
    times.read.push(raw.read);
    times.upload.push(raw.upload);
    times.open.push(opened?.at ?? Number.NaN);
    times.beforeWarmUp.push(beforeWarmUp ?? opened?.at ?? Number.NaN);
  }
  const medians = Object.entries(times).map(([name, values]) => [name, median(values)]);
  return { bytes, ...Object.fromEntries(medians) } as Opening;
}

async function warmUpBegun(tab: Tab): Promise<null> {
  // Its end may also be that of the tab.
  await tab.page.waitForFunction(`${BEGUN} !== undefined`, null, { timeout: 0 }).catch(() => undefined);
  return null;
}

interface RawRead {
  readonly bytes: number;
  readonly read: number;
  readonly upload: number;
}
