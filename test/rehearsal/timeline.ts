import { PHASE } from '../../src/protocol/phase.ts';
import type { Tab } from './tab.ts';

/** A part of opening a model, in milliseconds. */
export interface TimedPhase {
  readonly name: string;
  /** From the first part's start on. */
  readonly start: number;
  readonly duration: number;
}

/** What the tab's worker noted on its timeline since it was asked last (see src/protocol/phase.ts). */
export async function timeline(tab: Tab): Promise<readonly TimedPhase[]> {
  const [worker] = tab.page.workers();
  const noted = (await worker?.evaluate(
    `performance.getEntriesByType('measure').map(({ name, startTime, duration }) => ({ name, start: startTime, duration }))`,
  )) as readonly TimedPhase[];
  await worker?.evaluate('performance.clearMeasures()');
  const phases = noted.filter(({ name }) => name.startsWith(PHASE));
  const first = Math.min(...phases.map(({ start }) => start));
  return phases.map(({ name, start, duration }) => ({
    name: name.slice(PHASE.length),
    start: start - first,
    duration,
  }));
}
