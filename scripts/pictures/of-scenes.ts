import type { Page } from 'playwright-core';
import { steadyRandom } from '../../test/support/steady-random.ts';
import type { Picture } from './picture.ts';
import { answered, NARROWEST, type Studio, type Visit } from './studio.ts';

/** The scene maker, and answers about what was made there. */
export const ofScenes: readonly Picture[] = [
  {
    name: 'making-a-scene',
    shows: 'Making a scene: things the demo model knows, composed at random or by hand, on a background.',
    async take(studio) {
      const page = await making(studio);
      await page.locator('.scene-thing').first().focus();
      return page;
    },
  },
  {
    name: 'making-a-scene-dark',
    shows: 'The same in the dark, gone beyond what the demo model was taught: it says so quietly.',
    async take(studio) {
      const page = await making(studio, { dark: true });
      for (const kind of ['castle', 'guitar', 'bee', 'umbrella'])
        await page.getByRole('button', { name: `Add ${kind}` }).click();
      return page;
    },
  },
  {
    name: 'making-a-scene-narrow',
    shows: '360 px wide: the scene stays in view while the palette scrolls.',
    take: (studio) => making(studio, { viewport: NARROWEST }),
  },
  {
    name: 'scene-answered',
    shows:
      'A scene that was made here is a picture like any other; as its truth is known, the page says how much was right.',
    async take(studio) {
      const page = await making(studio);
      await page.getByRole('button', { name: 'Use this scene' }).click();
      await page.locator('.scene-score').waitFor({ timeout: 120_000 });
      return page;
    },
  },
];

/** The maker with a scene that is the same every time. */
async function making({ visit }: Studio, how: Visit = {}): Promise<Page> {
  const page = await visit({ ...how, before: (_, tab) => steadyRandom(tab, 5) });
  await answered(page, 1);
  if (how.viewport) await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Make a scene').click();
  await page.locator('.scene').waitFor();
  return page;
}
