/**
 * `npm run pictures`: takes the pictures of README and docs from the built page, so that they always show what is there,
 * and writes docs/STATES.md around those of the states. Build first (`npm run build`). `-- states` takes these alone,
 * `-- narrow offline` two of them, `--page FOLDER` from another build than dist/.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { fail, SetupError } from '../setup.mjs';
import { ofAsking } from './of-asking.ts';
import { ofReadme } from './of-readme.ts';
import { ofScenes } from './of-scenes.ts';
import { ofTheDevice } from './of-the-device.ts';
import type { Picture } from './picture.ts';
import { openStudio } from './studio.ts';

const docs = new URL('../../docs/', import.meta.url);
const STATES = [...ofAsking, ...ofScenes, ...ofTheDevice];

interface PictureSet {
  readonly name: string;
  /** Folder within docs/. */
  readonly folder: string;
  readonly pictures: readonly Picture[];
}

const SETS: readonly PictureSet[] = [
  { name: 'readme', folder: 'pictures/', pictures: ofReadme },
  { name: 'states', folder: 'pictures/states/', pictures: STATES },
];
const { values, positionals } = parseArgs({
  options: { page: { type: 'string', default: fileURLToPath(new URL('../../dist', import.meta.url)) } },
  allowPositionals: true,
});
const names = SETS.flatMap(({ name, pictures }) => [name, ...pictures.map((picture) => picture.name)]);
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined)
  fail(new SetupError(`There is no picture and no set "${unknown}". The names are ${names.join(', ')}.`));
const studio = await openStudio(values.page).catch(fail);
for (const { name: set, folder, pictures } of SETS) {
  await mkdir(new URL(folder, docs), { recursive: true });
  for (const { name, take } of pictures) {
    if (positionals.length > 0 && !positionals.includes(set) && !positionals.includes(name)) continue;
    const page = await take(studio);
    // Boxes draw in, focus rings settle.
    await page.waitForTimeout(500);
    const png = await page.screenshot({ caret: 'initial' });
    const file = `${folder}${name}.png`;
    await sharp(png)
      .png({ palette: true, effort: 10 })
      .toFile(fileURLToPath(new URL(file, docs)));
    await page.context().close();
    console.log(`docs/${file}`);
  }
}
await studio.close();
await writeFile(new URL('STATES.md', docs), statesPage());

function statesPage(): string {
  const parts = STATES.map(
    ({ name, shows }) => `${shows}\n\n![${name.replaceAll('-', ' ')}](pictures/states/${name}.png)\n`,
  );
  const head = 'States of the page, as they are. Made by `npm run build && npm run pictures -- states`.';
  return `# States of the page\n\n${head}\n\n${parts.join('\n')}`;
}
