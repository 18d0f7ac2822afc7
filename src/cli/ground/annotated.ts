import { orderedBox, unitBox } from '../../kosmos2/box.ts';
import type { AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';
import type { JournalLine } from './journal.ts';

/** A line as annotations of its picture, upper left corners first; null for one that failed, or that is about no picture. */
export function annotatedImage(line: JournalLine): AnnotatedImage | null {
  const { image, width, height, caption = '' } = line;
  if (line.error !== undefined || !image || width === undefined || height === undefined) return null;
  const entities = line.entities.map(({ phrase, start, end, boxes, score, scores }) => ({
    phrase,
    start,
    end,
    boxes: boxes.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => orderedBox(unitBox(x1, y1, x2, y2))),
    score,
    ...(scores ? { scores } : {}),
  }));
  return { fileName: image, width, height, caption, entities };
}
