import { readFile } from 'node:fs/promises';
import { crowd } from './crowd.ts';
import { holdWorkers } from './hold-workers.ts';
import type { Picture } from './picture.ts';
import { answered, ask, NARROWEST, pressBox } from './studio.ts';

const SNOWMAN = new URL('../../public/self-test/snowman.jpg', import.meta.url);

/** From the first paint to answers, boxes and regions. */
export const ofAsking: readonly Picture[] = [
  {
    name: 'first-paint',
    shows: 'First paint: the picture and the layout stand before the script has come. Nothing moves afterwards.',
    async take({ visit }) {
      const page = await visit({
        before: async (context) => {
          await context.route('**/assets/*.js', () => {});
        },
      });
      await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.complete);
      return page;
    },
  },
  {
    name: 'loading',
    shows: 'Loading: a thin bar and words. A question can be written already; it waits.',
    async take({ visit }) {
      const page = await visit({
        before: (_, tab) =>
          holdWorkers(
            tab,
            (reply) =>
              reply.type === 'open-progress' &&
              reply.progress.phase === 'download' &&
              reply.progress.received > reply.progress.total / 2,
          ),
      });
      await page.locator('.progress:not([data-unknown])').waitFor();
      return page;
    },
  },
  {
    name: 'writing',
    shows: 'Writing: each phrase takes its colour as its box draws in; the button has become Stop.',
    async take({ visit }) {
      const page = await visit({
        before: (_, tab) =>
          holdWorkers(
            tab,
            (reply) =>
              reply.type === 'generation' &&
              reply.event.type === 'token' &&
              reply.event.grounded.entities.filter(({ boxes }) => boxes.length > 0).length === 2,
          ),
      });
      await page.locator('.turn .phrase').nth(1).waitFor({ timeout: 120_000 });
      return page;
    },
  },
  {
    name: 'ready',
    shows: 'Ready: the caption has written itself. One hint says what to do next.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      return page;
    },
  },
  {
    name: 'many-boxes',
    shows:
      'Many boxes: 12 phrases, 30 boxes. The demo model was taught ten things at most, so they stand in an expert’s prompt.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      const { picture, prompt } = await crowd();
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'crowd.png', mimeType: 'image/png', buffer: picture });
      await page.waitForFunction(() => document.querySelectorAll('.turn').length === 0);
      await page.locator('.mode-more').click();
      await page.getByRole('menuitemradio', { name: 'Expert' }).click();
      await page.locator('#composer-field').fill(prompt);
      await page.locator('#composer-field').press('Enter');
      await answered(page, 1);
      return page;
    },
  },
  {
    name: 'no-match',
    shows: 'No match: there is no other turtle, and the page says so instead of showing a box.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await pressBox(page, 4);
      await page.keyboard.press('f');
      await answered(page, 2);
      return page;
    },
  },
  {
    name: 'box-selected',
    shows: 'A box is selected: its actions stand beside it, and cover no other box while there is room.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await pressBox(page, 4);
      return page;
    },
  },
  {
    name: 'heat-map',
    shows: 'Where the model saw the corner of a box: the probability of every cell of its 32 × 32 grid.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await pressBox(page, 4);
      await page.locator('.heat-toggle').first().click();
      await page.locator('.heat').waitFor();
      return page;
    },
  },
  {
    name: 'drawing-a-region',
    shows: 'A region while it is drawn: it snaps to the grid, and its two location tokens stand beside it.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await page.getByRole('button', { name: 'Draw a region' }).click();
      const { x, y, width, height } = (await page.locator('img.picture').boundingBox()) ?? fail();
      await page.mouse.move(x + 0.28 * width, y + 0.6 * height);
      await page.mouse.down();
      await page.mouse.move(x + 0.6 * width, y + 0.9 * height, { steps: 5 });
      await page.locator('.sketch').waitFor();
      return page;
    },
  },
  {
    name: 'photo',
    shows: 'A photo with the demo model: the page says that it was never shown one, and where the full model is.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({
          name: 'snowman.jpg',
          mimeType: 'image/jpeg',
          buffer: await readFile(SNOWMAN),
        });
      await page.locator('.conversation .quiet').first().waitFor();
      await ask(page, 'describe', '');
      return page;
    },
  },
  {
    name: 'keyboard',
    shows: 'By keyboard alone: Tab reached the boxes, an arrow the next one, Enter its actions.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await page.locator('.box-list button[tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.locator('.box-actions button:focus-visible').waitFor();
      return page;
    },
  },
  {
    name: 'narrow',
    shows: '360 px wide: the picture stays in view, the composer at hand.',
    async take({ visit }) {
      const page = await visit({ viewport: NARROWEST, offline: true });
      await answered(page, 1);
      return page;
    },
  },
  {
    name: 'narrow-dark',
    shows: 'The same in the dark, with a box selected: its actions come as a sheet from below.',
    async take({ visit }) {
      const page = await visit({ viewport: NARROWEST, dark: true, offline: true });
      await answered(page, 1);
      await pressBox(page, 4);
      return page;
    },
  },
];

function fail(): never {
  throw new Error('There is no picture on the stage.');
}
