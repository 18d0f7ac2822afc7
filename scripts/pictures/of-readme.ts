import type { Picture } from './picture.ts';
import { answered, ask, PHONE, pressBox } from './studio.ts';

/** The pictures of the README. */
export const ofReadme: readonly Picture[] = [
  {
    name: 'described',
    shows: 'The caption of the first scene, the turtle selected.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await pressBox(page, 4);
      return page;
    },
  },
  {
    name: 'described-dark',
    shows: 'The same in the dark.',
    async take({ visit }) {
      const page = await visit({ dark: true });
      await answered(page, 1);
      await pressBox(page, 4);
      return page;
    },
  },
  {
    name: 'found',
    shows: 'Two pigs found by one phrase.',
    async take({ visit }) {
      const page = await visit();
      await answered(page, 1);
      await page.locator('.thumb').nth(1).click();
      await answered(page, 1);
      await ask(page, 'find', 'two pigs');
      return page;
    },
  },
  {
    name: 'phone',
    shows: 'On a phone.',
    async take({ visit }) {
      const page = await visit({ viewport: PHONE });
      await answered(page, 1);
      return page;
    },
  },
  {
    name: 'phone-dark',
    shows: 'On a phone, in the dark.',
    async take({ visit }) {
      const page = await visit({ viewport: PHONE, dark: true });
      await answered(page, 1);
      return page;
    },
  },
];
