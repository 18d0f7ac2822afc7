import { toImageBox } from '../box.ts';
import { Kosmos2Error } from '../errors.ts';
import { type AnnotatedEntity, type AnnotatedImage, provenance } from './annotated-image.ts';
import { escapeXml } from './escape-xml.ts';
import { type ExportFile, fileStems, fileUrl } from './export-file.ts';

/** How an annotated picture is drawn. */
export interface SvgStyle {
  /** The picture as a `data:` URL of an image; left out, the SVG names the picture's file beside it. */
  readonly picture?: string | undefined;
  /** Colour of an entity's boxes, `#rrggbb`. */
  colour(entity: AnnotatedEntity, index: number): string;
  /** Colour of words on it. */
  inkOn(colour: string): string;
  /** Number of an entity on its label; by default its place among them, from 1. */
  number?(index: number): number;
}

const DATA_URL = /^data:image\/(?:png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/]+={0,2}$/;
const COLOUR = /^#[0-9a-f]{6}$/i;

/**
 * The picture with its boxes and their numbered phrases, in the picture's own pixels. Nothing in it is code, nothing is
 * fetched but the picture.
 * @throws Kosmos2Error OPTION_INVALID for a picture or a colour that is none
 */
export function writeSvg(image: AnnotatedImage, style: SvgStyle): ExportFile[] {
  const { fileName, width, height, caption, entities } = image;
  const picture = style.picture ?? fileUrl(fileName);
  if (style.picture !== undefined && !DATA_URL.test(style.picture)) {
    throw new Kosmos2Error('OPTION_INVALID', 'The picture of an SVG must be a data: URL of an image in base64.');
  }
  const unit = Math.max(width, height) / 1000;
  const marks = entities.map((entity, index) => mark(image, entity, index, style, unit)).join('');
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
  <title>${escapeXml(caption)}</title>
  <image href="${picture}" width="${width}" height="${height}" preserveAspectRatio="none"/>
${marks}</svg>
`;
  return [{ path: `${fileStems([fileName])[0]}.svg`, type: 'image/svg+xml', text }];
}

function mark(
  { width, height }: AnnotatedImage,
  entity: AnnotatedEntity,
  index: number,
  style: SvgStyle,
  unit: number,
): string {
  const colour = checkedColour(style.colour(entity, index));
  const ink = checkedColour(style.inkOn(colour));
  const label = `${style.number?.(index) ?? index + 1} ${entity.phrase ?? ''}`.trim();
  const size = 16 * unit;
  const boxes = entity.boxes.map((box, place) => {
    const edited = provenance(entity, place).edited ? ' data-edited="true"' : '';
    const [x1, y1, x2, y2] = toImageBox(box, width, height).map((value) => Math.round(value * 100) / 100) as Corners;
    // A label of its own length, wide enough for any common font.
    const long = (widthOf(label) + 0.8) * size;
    const left = Math.max(0, Math.min(x1, width - long));
    const top = Math.max(0, y1 - 1.4 * size);
    return `    <rect x="${x1}" y="${y1}" width="${fixed(x2 - x1)}" height="${fixed(y2 - y1)}" fill="none" stroke="${colour}" stroke-width="${fixed(3 * unit)}"${edited}/>
    <rect x="${fixed(left)}" y="${fixed(top)}" width="${fixed(long)}" height="${fixed(1.4 * size)}" fill="${colour}"/>
    <text x="${fixed(left + 0.4 * size)}" y="${fixed(top + size)}" fill="${ink}" font-family="system-ui, sans-serif" font-size="${fixed(size)}">${escapeXml(label)}</text>
`;
  });
  return boxes.length === 0 ? '' : `  <g>\n${boxes.join('')}  </g>\n`;
}

/** Letters of these scripts are as wide as high. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;

/** Width of a text in heights of its letters, in any common font. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? 1.05 : 0.62), 0);
}

type Corners = [x1: number, y1: number, x2: number, y2: number];

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function checkedColour(colour: string): string {
  if (COLOUR.test(colour)) return colour;
  throw new Kosmos2Error('OPTION_INVALID', `The colour "${colour}" of a box is not #rrggbb.`, { colour });
}
