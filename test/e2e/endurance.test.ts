import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { servePlainly } from '../support/plain-host.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { countInWorkers, type TabMemory, watchMemory } from '../support/tab-memory.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

/** `npm run test:soak` asks as often as the issue wants. */
const TIMES = Number(process.env.SOAK_TIMES ?? 1);
const SOAK = TIMES > 1 ? Math.min(300, 15 * TIMES) : null;
const ANSWERS = { wasm: SOAK ?? 15, webgpu: SOAK ?? 8 } as const;
const PICTURES = 3;
/** Turns a picture keeps; those before are deleted. */
const KEPT = 2;
/** Deleted turns that can be brought back, and what one takes at most. */
const UNDO_STEPS = 50;
const TURN_BYTES = 200_000;
/** What an answer may leave behind: tables of the browser that grow now and then. */
const LEFT_BYTES = 5000;
const NOISE_BYTES = 500_000;
/** Buffers that onnxruntime or the engine has in hand when it is measured; one an answer would be more. */
const BUFFERS_UNDER_WAY = 3;

const { site: host, browser } = await siteInBrowser(servePlainly);

/** Waits until every turn of the shown picture has been answered. @returns how many there are */
async function idle(page: Page): Promise<number> {
  await page.waitForFunction(
    () => {
      const turns = [...document.querySelectorAll<HTMLElement>('.turn')];
      return turns.length > 0 && turns.every(({ dataset }) => dataset.status === 'done');
    },
    null,
    { timeout: 120_000, polling: 20 },
  );
  return page.locator('.turn').count();
}

async function deleteOldest(page: Page): Promise<void> {
  await page.locator('.turn').first().locator('button.more').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
}

const QUESTIONS = [
  ['find', 'a bike'],
  ['detail', ''],
  ['ask', 'What is on the left?'],
  ['find', 'two pigs'],
] as const;

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);

function told(answers: number, { page, worker, wasm, gpuBuffers }: TabMemory): string {
  return `${String(answers).padStart(3)}  page ${megabytes(page)} MB  worker ${megabytes(worker)} MB  wasm ${megabytes(wasm)} MB  ${gpuBuffers} GPU buffers`;
}

/** SwiftShader, where the tests have no better GPU, takes more than a third of a second for each token. */
async function answerShortly(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  await page.getByLabel('Longest answer').fill('3');
  await page.keyboard.press('Escape');
}

it.each(['wasm', 'webgpu'] as const)(
  'on %s memory stays where it was, answer after answer in one tab',
  async (backend) => {
    const answers = ANSWERS[backend];
    // By then everything has been there once: every picture, every mode, and of a soak all that can be undone.
    const warm = Math.max(PICTURES + 1, Math.floor(answers / 3));
    const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 800 } });
    await countInWorkers(context);
    // What these make comes and goes whenever the worker is idle for a moment; here answers alone are weighed.
    await context.route('**/self-test/**', (route) => route.abort());
    const page = await context.newPage();
    await page.goto(`${host.url}?backend=${backend}&capture=off`);
    if (backend === 'webgpu') await answerShortly(page);
    await engineReady(page);
    await lastAnswer(page, 1);
    const measure = await watchMemory(page);
    const memory = new Map<number, TabMemory>();
    for (let answer = 1; answer <= answers; answer++) {
      await page
        .locator('.thumb')
        .nth(answer % PICTURES)
        .click();
      const before = await idle(page);
      const [mode, words] = QUESTIONS[backend === 'wasm' ? answer % QUESTIONS.length : 0] ?? QUESTIONS[0];
      await ask(page, mode, words);
      await page.locator('.turn').nth(before).waitFor();
      if ((await idle(page)) > KEPT) await deleteOldest(page);
      if (answer % warm === 0 || answer === answers) memory.set(answer, await measure());
    }
    console.log([`${backend}, after answers:`, ...[...memory].map(([count, taken]) => told(count, taken))].join('\n'));
    await context.close();

    const [first, last] = [memory.get(warm), memory.get(answers)] as [TabMemory, TabMemory];
    const between = answers - warm;
    const undoable = Math.max(0, Math.min(UNDO_STEPS, answers) - warm);
    expect(last.wasm).toBe(first.wasm);
    expect(last.gpuBuffers).toBeLessThanOrEqual(first.gpuBuffers + BUFFERS_UNDER_WAY);
    expect(last.gpuBuffers > 0).toBe(backend === 'webgpu');
    expect(last.worker - first.worker).toBeLessThan(NOISE_BYTES + LEFT_BYTES * between);
    expect(last.page - first.page).toBeLessThan(NOISE_BYTES + LEFT_BYTES * between + TURN_BYTES * undoable);
  },
);
