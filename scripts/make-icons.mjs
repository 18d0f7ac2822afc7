/** Draws the icons of the installed app from public/favicon.svg. Run it after changing that file. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './setup.mjs';

const svg = readFileSync(join(root, 'public', 'favicon.svg'), 'utf8');
// A maskable icon is cut to any shape within its inner 80%: no corners of its own, and room around the drawing.
const maskable = svg.replace('viewBox="0 0 32 32"', 'viewBox="-5 -5 42 42"').replace(/<rect [^>]*\/>/, (rect) => {
  const colour = /fill="([^"]+)"/.exec(rect)?.[1];
  return `<rect x="-5" y="-5" width="42" height="42" fill="${colour}"/>`;
});

const folder = join(root, 'public', 'app-icons');
mkdirSync(folder, { recursive: true });
await draw(svg, 192, 'icon-192.png');
await draw(svg, 512, 'icon-512.png');
await draw(maskable, 512, 'maskable-512.png');
// iOS rounds the corners itself and shows transparency as black.
await draw(maskable, 180, 'apple-touch-icon.png');

async function draw(source, size, name) {
  await sharp(Buffer.from(source), { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(folder, name));
}
