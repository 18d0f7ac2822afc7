import type { UnitBox } from '../box.ts';
import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';
import {
  boxInside,
  checkFileLength,
  finiteNumbers,
  type Imported,
  ImportedFields,
  LIMITS,
  parseJson,
  refuse,
} from './imported.ts';

interface Row {
  readonly start: number;
  readonly end: number;
  readonly box: UnitBox | null;
  readonly score: number;
}

/**
 * Reads JSON lines of GrIT, a caption with its boxes each. Rows of one place in a caption are boxes of one phrase. Boxes that
 * stick out of their picture are cut to it.
 * @throws Kosmos2Error ANNOTATION_INVALID naming the line and what is wrong there
 */
export function readGrit(text: string): Imported {
  checkFileLength(text);
  const images: AnnotatedImage[] = [];
  let boxes = 0;
  let skipped = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `line ${index + 1}`;
    if (images.length >= LIMITS.images) return refuse(`The file has more than ${LIMITS.images} captions.`);
    const fields = new ImportedFields(parseJson(line, place), place);
    const caption = fields.text('caption');
    const points = Array.from(caption);
    const [chunks, expressions] = (['noun_chunks', 'ref_exps'] as const).map((field) =>
      fields.list(field, LIMITS.boxes).map((row, i) => readRow(row, points.length, `${place}: ${field}[${i}]`)),
    ) as [Row[], Row[]];
    const rows = [...chunks, ...expressions];
    boxes += rows.length;
    if (boxes > LIMITS.boxes) return refuse(`The file has more than ${LIMITS.boxes} boxes.`);
    skipped += rows.filter(({ box }) => box === null).length;
    const key = fields.text('key');
    const url = fields.text('url');
    images.push({
      fileName: key === '' ? url : key,
      width: fields.side('width'),
      height: fields.side('height'),
      caption,
      entities: [...phrases(chunks, points, 'noun-chunk'), ...phrases(expressions, points, 'referring-expression')],
      ...(url === '' ? {} : { url }),
    });
  }
  return { images, skipped };
}

function readRow(value: unknown, length: number, place: string): Row {
  const [start, end, x1, y1, x2, y2, score] = finiteNumbers(value, 7, place) as Numbers;
  const inside = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length;
  if (!inside) return refuse(`${place} is no part of the caption.`, { place, start, end });
  if (score < 0 || score > 1) return refuse(`${place} has a score that is not from 0 to 1.`, { place, score });
  return { start, end, box: boxInside(x1, y1, x2, y2), score };
}

type Numbers = [start: number, end: number, x1: number, y1: number, x2: number, y2: number, score: number];

function phrases(
  rows: readonly Row[],
  points: readonly string[],
  kind: NonNullable<AnnotatedEntity['kind']>,
): AnnotatedEntity[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const place = `${row.start}-${row.end}`;
    const group = found.get(place);
    if (group) group.push(row);
    else found.set(place, [row]);
  }
  return [...found.values()].flatMap((group): AnnotatedEntity[] => {
    const boxes = group.flatMap(({ box }) => (box ? [box] : []));
    const [first] = group;
    if (!first || boxes.length === 0) return [];
    const { start, end } = first;
    const score = group.reduce((sum, row) => sum + (row.box ? row.score : 0), 0) / boxes.length;
    return [{ phrase: points.slice(start, end).join(''), start, end, boxes, score, kind }];
  });
}
