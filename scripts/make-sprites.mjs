/**
 * Draws the things of the scene maker into one sheet: src/ui/maker/sprites.webp, and src/scenes/sprite-cells.ts, which says
 * where each is. The art is Fluent Emoji by Microsoft (MIT) from the npm package below, of whose 3,400 pictures the page
 * needs 164: that is why the sheet is kept here and the package is fetched only to draw it again.
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
  cow: '1f404',
  pig: '1f416',
  rabbit: '1f407',
  lion: '1f981',
  tiger: '1f405',
  bear: '1f43b',
  panda: '1f43c',
  monkey: '1f412',
  elephant: '1f418',
  chicken: '1f414',
  penguin: '1f427',
  owl: '1f989',
  duck: '1f986',
  frog: '1f438',
  turtle: '1f422',
  snake: '1f40d',
  fish: '1f41f',
  whale: '1f433',
  octopus: '1f419',
  crab: '1f980',
  butterfly: '1f98b',
  bee: '1f41d',
  snail: '1f40c',
  mouse: '1f42d',
  fox: '1f98a',
  koala: '1f428',
  camel: '1f42b',
  giraffe: '1f992',
  zebra: '1f993',
  sheep: '1f411',
  deer: '1f98c',
  crocodile: '1f40a',
  dolphin: '1f42c',
  shark: '1f988',
  spider: '1f577',
  ladybug: '1f41e',
  eagle: '1f985',
  squirrel: '1f43f',
  dragon: '1f409',
  unicorn: '1f984',
  dinosaur: '1f995',
  rhino: '1f98f',
  apple: '1f34e',
  banana: '1f34c',
  grapes: '1f347',
  strawberry: '1f353',
  watermelon: '1f349',
  lemon: '1f34b',
  pineapple: '1f34d',
  carrot: '1f955',
  corn: '1f33d',
  pizza: '1f355',
  burger: '1f354',
  cake: '1f382',
  'ice cream': '1f366',
  donut: '1f369',
  cookie: '1f36a',
  bread: '1f35e',
  pear: '1f350',
  cherries: '1f352',
  avocado: '1f951',
  tomato: '1f345',
  eggplant: '1f346',
  broccoli: '1f966',
  pepper: '1f336',
  egg: '1f95a',
  pretzel: '1f968',
  croissant: '1f950',
  'hot dog': '1f32d',
  taco: '1f32e',
  fries: '1f35f',
  lollipop: '1f36d',
  coffee: '2615',
  tree: '1f333',
  'palm tree': '1f334',
  flower: '1f337',
  cactus: '1f335',
  mushroom: '1f344',
  clover: '1f340',
  car: '1f697',
  bus: '1f68c',
  truck: '1f69a',
  train: '1f682',
  bike: '1f6b2',
  motorcycle: '1f3cd',
  plane: '2708',
  helicopter: '1f681',
  rocket: '1f680',
  boat: '26f5',
  tractor: '1f69c',
  ambulance: '1f691',
  scooter: '1f6f4',
  ship: '1f6a2',
  spaceship: '1f6f8',
  house: '1f3e0',
  castle: '1f3f0',
  church: '26ea',
  tent: '26fa',
  tower: '1f5fc',
  hat: '1f3a9',
  shoe: '1f45f',
  shirt: '1f455',
  dress: '1f457',
  crown: '1f451',
  glasses: '1f453',
  backpack: '1f392',
  ring: '1f48d',
  sock: '1f9e6',
  guitar: '1f3b8',
  drum: '1f941',
  trumpet: '1f3ba',
  violin: '1f3bb',
  piano: '1f3b9',
  'soccer ball': '26bd',
  basketball: '1f3c0',
  football: '1f3c8',
  sun: '2600',
  moon: '1f319',
  star: '2b50',
  cloud: '2601',
  rainbow: '1f308',
  snowman: '26c4',
  fire: '1f525',
  balloon: '1f388',
  book: '1f4d5',
  phone: '1f4f1',
  laptop: '1f4bb',
  camera: '1f4f7',
  clock: '23f0',
  key: '1f511',
  umbrella: '2614',
  gift: '1f381',
  bell: '1f514',
  'light bulb': '1f4a1',
  scissors: '2702',
  hammer: '1f528',
  robot: '1f916',
  ghost: '1f47b',
  heart: '2764',
  'teddy bear': '1f9f8',
  trophy: '1f3c6',
  'smiley face': '1f600',
  snowflake: '2744',
  microphone: '1f3a4',
  puzzle: '1f9e9',
  television: '1f4fa',
  battery: '1f50b',
  magnet: '1f9f2',
  candle: '1f56f',
  bomb: '1f4a3',
  pencil: '270f',
  envelope: '2709',
  lock: '1f512',
  anchor: '2693',
  globe: '1f30d',
  diamond: '1f48e',
  pumpkin: '1f383',
  skull: '1f480',
  alien: '1f47d',
  kite: '1fa81',
  chair: '1fa91',
};

/** Longer side of a sprite in pixels, and the clear space beside it that keeps a neighbour out when it is scaled. */
const SIDE = 176;
const GAP = 4;
const COLUMNS = 13;
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
    .webp({ quality: 72, alphaQuality: 70, effort: 6, smartSubsample: true })
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
