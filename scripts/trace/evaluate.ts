import type { BarePage } from './bare-chromium.ts';

export async function evaluate(page: BarePage, expression: string): Promise<unknown> {
  const { result } = await page.send<{ result: { value?: unknown } }>('Runtime.evaluate', { expression });
  return result.value;
}

/** Waits until an expression is true in the page. @throws where it is not within five minutes */
export async function until(page: BarePage, expression: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (await evaluate(page, expression)) return;
  }
  throw new Error(`Not within five minutes: ${expression}`);
}
