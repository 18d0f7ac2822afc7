import type { BarePage } from './bare-chromium.ts';
import type { TraceEvent } from './main-thread.ts';

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8.execute',
  'toplevel',
];

/** What Chromium's trace says of the time that `run` takes. */
export async function traced(page: BarePage, run: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const complete = new Promise<void>((resolve) => page.on('Tracing.tracingComplete', () => resolve()));
  const stop = page.on('Tracing.dataCollected', (params) => {
    for (const event of (params as { value: TraceEvent[] }).value) events.push(event);
  });
  await page.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await run();
  await page.send('Tracing.end');
  await complete;
  stop();
  return events;
}
