/**
 * Draws the things of the scene maker into one sheet: src/ui/maker/sprites.webp, and src/scenes/sprite-cells.ts, which says
 * where each is. The art is Fluent Emoji by Microsoft (MIT) from the npm package below, of whose 3,400 pictures the page
 * needs 62: that is why the sheet is kept here and the package is fetched only to draw it again.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './setup.mjs';

const PACKAGE = '@lobehub/fluent-emoji-3d@1.1.0';
const INTEGRITY = 'sha512-Wlq2lVStTnr8BDpIJ0pEnTKO4LuDxxqTEhTvRtD1DLRF0me7ogeRQjKoehDHXuVJ2Qaecgl5wRBv60lUAG3h7g==';

/** Code point of each kind of src/scenes/kinds.ts, in its order. */
const CODES = {
  dog: '1f436',
  cat: '1f431',
  horse: '1f40e',
  pig: '1f416',
  rabbit: '1f407',
  lion: '1f981',
  panda: '1f43c',
  monkey: '1f412',
  elephant: '1f418',
  chicken: '1f414',
  penguin: '1f427',
  frog: '1f438',
  turtle: '1f422',
  fish: '1f41f',
  octopus: '1f419',
  butterfly: '1f98b',
  bee: '1f41d',
  apple: '1f34e',
  banana: '1f34c',
  grapes: '1f347',
  strawberry: '1f353',
  watermelon: '1f349',
  pineapple: '1f34d',
  carrot: '1f955',
  pizza: '1f355',
  burger: '1f354',
  cake: '1f382',
  donut: '1f369',
  'ice cream': '1f366',
  tree: '1f333',
  flower: '1f337',
  cactus: '1f335',
  car: '1f697',
  bus: '1f68c',
  train: '1f682',
  bike: '1f6b2',
  plane: '2708',
  helicopter: '1f681',
  rocket: '1f680',
  boat: '26f5',
  house: '1f3e0',
  castle: '1f3f0',
  sun: '2600',
  star: '2b50',
  rainbow: '1f308',
  snowman: '26c4',
  fire: '1f525',
  'soccer ball': '26bd',
  guitar: '1f3b8',
  book: '1f4d5',
  laptop: '1f4bb',
  camera: '1f4f7',
  clock: '23f0',
  umbrella: '2614',
  hat: '1f3a9',
  crown: '1f451',
  gift: '1f381',
  robot: '1f916',
  ghost: '1f47b',
  heart: '2764',
  balloon: '1f388',
  'smiley face': '1f600',
};

/** Longer side of a sprite in pixels, and the clear space beside it that keeps a neighbour out when it is scaled. */
const SIDE = 240;
const GAP = 4;
const COLUMNS = 8;
/** What is fainter than this belongs to no thing: shadows and blurred edges. */
const FAINT = 60;

const folder = mkdtempSync(join(tmpdir(), 'sprites-'));
try {
  const assets = fetchAssets(folder);
  const files = readdirSync(assets);
  const cells = [];
  const drawn = [];
  for (const [index, [kind, code]] of Object.entries(CODES).entries()) {
    const file = [`${code}.webp`, `${code}-fe0f.webp`].find((name) => files.includes(name));
    if (!file) throw new Error(`${PACKAGE} has no picture of ${kind} (${code}).`);
    const { data, info } = await cutOut(join(assets, file));
    const left = (index % COLUMNS) * (SIDE + GAP);
    const top = Math.floor(index / COLUMNS) * (SIDE + GAP);
    cells.push([kind, left, top, info.width, info.height]);
    drawn.push({ input: data, left, top });
  }
  const width = COLUMNS * (SIDE + GAP) - GAP;
  const height = Math.ceil(cells.length / COLUMNS) * (SIDE + GAP) - GAP;
  await sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(drawn)
    .webp({ quality: 82, alphaQuality: 90, effort: 6 })
    .toFile(join(root, 'src', 'ui', 'maker', 'sprites.webp'));
  writeFileSync(join(root, 'src', 'scenes', 'sprite-cells.ts'), source(width, height, cells));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The pictures of the package, whose bytes are those that were looked at when this was written. */
function fetchAssets(folder) {
  // npm prints what it packed as JSON, a list or an object by package depending on its version.
  const said = JSON.parse(
    execFileSync('npm', ['pack', PACKAGE, '--json', '--pack-destination', folder], { encoding: 'utf8' }),
  );
  const [{ integrity }] = Object.values(said);
  if (integrity !== INTEGRITY) throw new Error(`${PACKAGE} has the integrity ${integrity}, not ${INTEGRITY}.`);
  const [archive] = readdirSync(folder);
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  return join(folder, 'package', 'assets');
}

/** A picture without its clear border, its longer side as long as a cell's. */
async function cutOut(path) {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  let [left, top, right, bottom] = [info.width, info.height, 0, 0];
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      if (data[(y * info.width + x) * 4 + 3] <= FAINT) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return sharp(path)
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize(SIDE, SIDE, { fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
}

function source(width, height, cells) {
  const lines = cells.map(([kind, ...cell]) => `  ${/\W/.test(kind) ? `'${kind}'` : kind}: [${cell.join(', ')}],`);
  return `// Made by scripts/make-sprites.mjs.
import type { Kind } from './kinds.ts';

/** Pixels of the sheet of sprites. */
export const SHEET = { width: ${width}, height: ${height} } as const;

/** Where each kind is on the sheet, in pixels. */
export const CELLS: Readonly<Record<Kind, readonly [x: number, y: number, width: number, height: number]>> = {
${lines.join('\n')}
};
`;
}
