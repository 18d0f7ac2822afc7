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

/** Waits until an expression is true in the page. */
export async function until(page: BarePage, expression: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (await evaluate(page, expression)) return;
  }
  throw new Error(`Not within five minutes: ${expression}`);
}

export async function evaluate(page: BarePage, expression: string): Promise<unknown> {
  const { result } = await page.send<{ result: { value?: unknown } }>('Runtime.evaluate', { expression });
  return result.value;
}
