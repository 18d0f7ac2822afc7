import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Kind } from '../../src/scenes/kinds.ts';
import { CELLS } from '../../src/scenes/sprite-cells.ts';
import { countInWords } from '../../src/scenes/words.ts';

const SHEET = fileURLToPath(new URL('../../src/ui/maker/sprites.webp', import.meta.url));
const KINDS = ['dog', 'apple', 'car', 'star', 'bee', 'house', 'cat', 'tree', 'boat', 'gift', 'fish', 'hat'] as const;
const [COLUMNS, ROWS] = [6, 5];
const CELL = { width: 160, height: 144 };
/** Pixels around a thing in its cell. */
const MARGIN = 22;

/** A picture of thirty things of twelve kinds, and the prompt that says where each is, as a person could write it. */
export async function crowd(): Promise<{ readonly picture: Buffer; readonly prompt: string }> {
  const places = Array.from({ length: COLUMNS * ROWS }, (_, index) => {
    // Kinds lie scattered: 7 and 30 have no divisor in common.
    const at = (index * 7) % (COLUMNS * ROWS);
    return { kind: KINDS[index % KINDS.length] as Kind, column: at % COLUMNS, row: Math.floor(at / COLUMNS) };
  });
  const side = { width: CELL.width - 2 * MARGIN, height: CELL.height - 2 * MARGIN };
  const drawn = places.map(async ({ kind, column, row }) => {
    const [left, top, width, height] = CELLS[kind];
    const input = await sharp(SHEET)
      .extract({ left, top, width, height })
      .resize({ ...side, fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer();
    return { input, left: column * CELL.width + MARGIN, top: row * CELL.height + MARGIN };
  });
  const size = { width: COLUMNS * CELL.width, height: ROWS * CELL.height };
  const picture = await sharp({ create: { ...size, channels: 3, background: '#cfe3ee' } })
    .composite(await Promise.all(drawn))
    .png()
    .toBuffer();
  const phrases = KINDS.map((kind) => {
    const boxes = places.filter((place) => place.kind === kind).map(({ column, row }) => corners(column, row));
    return `<phrase> ${countInWords(kind, boxes.length)}</phrase><object>${boxes.join('</delimiter_of_multi_objects/>')}</object>`;
  });
  return { picture, prompt: `<grounding> An image of ${phrases.join(', ')}.` };
}

/** The two location tokens of a cell without its margin, on the grid of 32 x 32. */
function corners(column: number, row: number): string {
  const index = (x: number, y: number) => Math.floor(y * 32) * 32 + Math.floor(x * 32);
  const [dx, dy] = [MARGIN / CELL.width, MARGIN / CELL.height];
  const first = index((column + dx) / COLUMNS, (row + dy) / ROWS);
  const last = index((column + 1 - dx) / COLUMNS, (row + 1 - dy) / ROWS);
  return [first, last].map((at) => `<patch_index_${String(at).padStart(4, '0')}>`).join('');
}
