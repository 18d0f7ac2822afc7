import type { Prompt } from '../../src/kosmos2/prompt.ts';
import type { BackendChoice } from '../../src/protocol/messages.ts';
import type { Tab } from '../../test/rehearsal/tab.ts';
import { call, lastEvents, setPicture } from '../../test/rehearsal/worker.ts';
import { median } from './median.ts';

/** Milliseconds from a question's arrival at the engine to its first token; medians. */
export interface FirstTokens {
  /** Encoding and prefill of the whole prompt, as the engine tells them of a first question: what all is measured by. */
  readonly encodingAndPrefill: number;
  /** Asked at once with the picture. */
  readonly atOnce: number;
  /** Another question about the same picture. */
  readonly followUp: number;
  /** A first question two seconds after the picture came on the stage. */
  readonly later: number;
  /** A question about a picture that was left for another one. */
  readonly back: number;
}

const SAMPLES = ['room', 'bike-turtle'] as const;
/** From a picture to the question. */
const LOOKED_AT = 2000;

/** @param tab has no model open yet */
export async function firstTokens(
  tab: Tab,
  worker: string,
  url: string,
  backend: BackendChoice,
  rounds: number,
): Promise<FirstTokens> {
  const opened = await call(tab, worker, { type: 'open', id: 1, url, backend, selfTests: null });
  if (opened.type !== 'opened') throw new Error(JSON.stringify(opened));
  const times: Record<keyof FirstTokens, number[]> = {
    encodingAndPrefill: [],
    atOnce: [],
    followUp: [],
    later: [],
    back: [],
  };

  async function ask(image: string, words: string) {
    const prompt: Prompt = [{ kind: 'image', image }, { kind: 'grounding' }, { kind: 'text', text: words }];
    await call(tab, worker, { type: 'generate', id: 3, prompt, options: { maxNewTokens: 1 } });
    const result = (await lastEvents(tab)).at(-1)?.event;
    if (result?.type !== 'result') throw new Error('The model ended without an answer.');
    return result.result.timings;
  }

  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round++) {
    const [one, two] = [`one-${round}`, `two-${round}`];
    await setPicture(tab, worker, one, SAMPLES[0]);
    const atOnce = await ask(one, 'An image of');
    const followUp = await ask(one, 'Question: Where is the house? Answer:');
    await setPicture(tab, worker, two, SAMPLES[1]);
    // Not awaited: the page does not wait either. The worker answers in order, so its own end is asked for later.
    await tab.page.evaluate(`void callWorker('${worker}', { type: 'prepare', id: 4, image: '${two}' })`);
    await tab.page.waitForTimeout(LOOKED_AT);
    const later = await ask(two, 'An image of');
    const back = await ask(one, 'Describe this image in detail:');
    for (const image of [one, two]) await call(tab, worker, { type: 'drop-image', id: 5, image });
    if (round === 0) continue;
    times.encodingAndPrefill.push(atOnce.image + atOnce.prefill);
    times.atOnce.push(atOnce.firstToken);
    times.followUp.push(followUp.firstToken);
    times.later.push(later.firstToken);
    times.back.push(back.firstToken);
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, values]) => [name, median(values)]),
  ) as unknown as FirstTokens;
}
