import type { Page } from 'playwright-core';

/** Gives a page the same random numbers at every visit, so that a scene made there is always the same. Before it is opened. */
export async function steadyRandom(page: Page, seed: number): Promise<void> {
  await page.addInitScript((from) => {
    let state = from;
    Math.random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }, seed);
}
