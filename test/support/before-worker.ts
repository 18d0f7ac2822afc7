import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';

/**
 * Puts a script of this folder before that of every worker with a model which the context starts from now on. Service
 * workers must be blocked: they serve past it.
 */
export async function beforeWorker(context: BrowserContext, name: string): Promise<void> {
  const script = await readFile(new URL(name, import.meta.url), 'utf8');
  await context.route('**/inference-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + (await response.text()) });
  });
}
