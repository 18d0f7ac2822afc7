import type { CaptureReport } from '../../src/protocol/capture.ts';
import type { Tab } from '../../test/rehearsal/tab.ts';
import { call, lastEvents, setPicture } from '../../test/rehearsal/worker.ts';
import { median } from './median.ts';

/** Milliseconds from one token of an answer to the next, plainly and captured; medians. */
export interface Capturing {
  readonly plain: number;
  readonly captured: number;
  /** What the trial before told. */
  readonly trial: string;
}

const TOKENS = 24;
/** Replies of the worker that no request waits for. */
const told = `new Promise((resolve) => rehearsal.worker.addEventListener('message', ({ data }) => data.type === 'captured' && resolve(data.report)))`;

/** Opens the model in turns both ways. @param tab has no model open yet */
export async function capturing(tab: Tab, worker: string, url: string, rounds: number): Promise<Capturing> {
  const times = { off: [] as number[], on: [] as number[] };
  let trial = '';
  for (let round = 0; round < rounds; round++) {
    for (const capture of ['off', 'on'] as const) {
      const request = { type: 'open', id: 1, url, backend: 'webgpu', selfTests: null, capture } as const;
      const opened = await call(tab, worker, request);
      if (opened.type !== 'opened') throw new Error(JSON.stringify(opened));
      await setPicture(tab, worker, 'picture', 'room');
      const prompt = [{ kind: 'image', image: 'picture' }, { kind: 'grounding' }] as const;
      const ask = () => call(tab, worker, { type: 'generate', id: 3, prompt, options: { maxNewTokens: TOKENS } });
      const report = capture === 'on' ? (tab.page.evaluate(told) as Promise<CaptureReport>) : null;
      // It is tried only after an answer.
      await ask();
      const { used = false, message = '' } = (await report) ?? {};
      if (used !== (capture === 'on')) throw new Error(message);
      if (used) trial = message;
      await ask();
      const events = await lastEvents(tab);
      const tokens = events.filter(({ event }) => event.type === 'token').map(({ at }) => at);
      times[capture].push(...tokens.slice(1).map((at, index) => at - (tokens[index] as number)));
      await call(tab, worker, { type: 'close', id: 4 });
    }
  }
  return { plain: median(times.off), captured: median(times.on), trial };
}
