import type { BackendChoice, OpenProgress } from '../../src/protocol/messages.ts';
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
  /** From the request until the model is open, in a worker of its own whose wasm is compiled. */
  readonly open: number;
  /** The part of it before shaders are compiled and every shape is run once. */
  readonly beforeWarmUp: number;
}

const MODEL = 'bench';

/** @param tab may already have the package stored: it is copied from `url` otherwise */
export async function opening(
  tab: Tab,
  workers: { readonly importer: string; readonly inference: string },
  url: string,
  backend: BackendChoice,
  rounds: number,
): Promise<Opening> {
  await tab.page.evaluate('void (rehearsal.worker?.terminate(), (rehearsal.worker = null))');
  const copied = await call(tab, workers.importer, { type: 'copy', id: 1, source: { kind: 'site', url }, name: MODEL });
  if (copied.type !== 'done') throw new Error(JSON.stringify(copied));
  await tab.page.evaluate('void (rehearsal.worker.terminate(), (rehearsal.worker = null))');
  const times: Record<Exclude<keyof Opening, 'bytes'>, number[]> = { read: [], upload: [], open: [], beforeWarmUp: [] };
  let bytes = 0;
  // The first opening hashes the files and fetches the runtime; it does not count.
  for (let round = 0; round <= rounds; round++) {
    const raw = (await tab.page.evaluate(`rawRead('${MODEL}', ${backend === 'webgpu'})`)) as RawRead;
    const request = { type: 'open', url: `stored:${MODEL}`, backend, selfTests: null } as const;
    const opened = await call(tab, workers.inference, { ...request, id: 10 + round });
    if (opened.type !== 'opened') throw new Error(JSON.stringify(opened));
    const progress = (await tab.page.evaluate('rehearsal.progress')) as readonly {
      progress: OpenProgress;
      at: number;
    }[];
    for (const { name, start, duration } of await timeline(tab))
      console.info(round, name.padEnd(18), start.toFixed(1).padStart(8), duration.toFixed(1).padStart(8));
    const warmUp = progress.find((one) => one.progress.phase === 'warmup');
    await call(tab, workers.inference, { type: 'close', id: 100 + round });
    bytes = raw.bytes;
    if (round === 0) continue;
    times.read.push(raw.read);
    times.upload.push(raw.upload);
    times.open.push(opened.at);
    times.beforeWarmUp.push(warmUp?.at ?? opened.at);
  }
  const medians = Object.entries(times).map(([name, values]) => [name, median(values)]);
  return { bytes, ...Object.fromEntries(medians) } as Opening;
}

interface RawRead {
  readonly bytes: number;
  readonly read: number;
  readonly upload: number;
}
