import { toImageBox } from '../box.ts';
import { type AnnotatedImage, provenance } from './annotated-image.ts';
import type { ExportFile } from './export-file.ts';

const COLUMNS = [
  'file',
  'width',
  'height',
  'phrase',
  'start',
  'end',
  'box',
  'x1',
  'y1',
  'x2',
  'y2',
  'left',
  'top',
  'right',
  'bottom',
  'score',
  'edited',
  'caption',
] as const;

/**
 * CSV (RFC 4180) with one row per box: x1 to y2 in 0..1 of the picture, left to bottom in pixels, `box` counting the boxes of
 * a phrase from 1. A text that a spreadsheet would run as a formula has an apostrophe before it.
 */
export function writeCsv(images: readonly AnnotatedImage[]): ExportFile[] {
  const rows = images.flatMap(({ fileName, width, height, caption, entities }) =>
    entities.flatMap((entity) =>
      entity.boxes.map((box, index) => {
        const { edited, score } = provenance(entity, index);
        return [
          text(fileName),
          width,
          height,
          text(entity.phrase ?? ''),
          entity.start,
          entity.end,
          index + 1,
          ...box.map((value) => value.toFixed(6)),
          ...toImageBox(box, width, height).map((value) => value.toFixed(2)),
          score === null ? '' : score.toFixed(6),
          edited ? 'yes' : 'no',
          text(caption),
        ];
      }),
    ),
  );
  const lines = [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`);
  return [{ path: 'annotations.csv', type: 'text/csv', text: lines.join('') }];
}

function text(value: string): string {
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${tame.replaceAll('"', '""')}"`;
}
