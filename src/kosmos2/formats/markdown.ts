import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';
import { type ExportFile, fileUrl } from './export-file.ts';

/**
 * Captions as KOSMOS-2's paper writes grounded text, with every phrase a link to its boxes: `[a snowman](bounding boxes)`. The
 * link names the region of the picture as a media fragment (https://www.w3.org/TR/media-frags/): left, top, width and height
 * in percent, once for every box: `snowman.png#xywh=percent:39.1,4.7,59.4,78.1`. A paragraph per image; where phrases overlap
 * the longer one is the link. A link with boxes that a person changed is titled "edited".
 */
export function writeMarkdown(images: readonly AnnotatedImage[]): ExportFile[] {
  const text = images.map((image) => `${paragraph(image)}\n`).join('\n');
  return [{ path: 'captions.md', type: 'text/markdown', text }];
}

function paragraph({ fileName, caption, entities }: AnnotatedImage): string {
  const points = Array.from(caption);
  const words = (start: number, end: number): string => escapeMarkdown(points.slice(start, end).join(''));
  let markdown = '';
  let end = 0;
  for (const entity of apart(entities)) {
    markdown += `${words(end, entity.start)}[${words(entity.start, entity.end)}](${target(fileName, entity)})`;
    end = entity.end;
  }
  return lineStart((markdown + words(end, points.length)).trim());
}

/** Located phrases that do not overlap, in their order; of two that do the longer one stays. */
function apart(entities: readonly AnnotatedEntity[]): AnnotatedEntity[] {
  const kept: AnnotatedEntity[] = [];
  const located = entities.filter(({ start, end, boxes }) => end > start && boxes.length > 0);
  for (const entity of located.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (kept.every(({ start, end }) => entity.end <= start || entity.start >= end)) kept.push(entity);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function target(fileName: string, { boxes, edited = [] }: AnnotatedEntity): string {
  const percent = (value: number): string => String(Math.round(value * 10_000) / 100);
  const regions = boxes.map(([x1, y1, x2, y2]) => `xywh=percent:${[x1, y1, x2 - x1, y2 - y1].map(percent).join(',')}`);
  return `${fileUrl(fileName)}#${regions.join('&')}${edited.length === 0 ? '' : ' "edited"'}`;
}

/** Words that stay words in Markdown: on one line, with everything that could begin markup escaped. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#+!|~&@$^=]/g, '\\$&')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}\\.`);
}

/** What begins a list, a rule or a quotation only at the start of a line. */
function lineStart(line: string): string {
  return line.replace(/^(\d+)([.)])/, '$1\\$2').replace(/^-/, '\\-');
}
