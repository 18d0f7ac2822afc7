import type { Annotation } from './annotations.ts';
import { labels } from './labels.ts';
import type { Format } from './make-export.ts';

/** Those that are made of `labels`, to train with. */
const LABEL_FORMATS: ReadonlySet<Format> = new Set(['coco', 'yolo', 'voc']);

/** Why answers cannot be saved in a format, by the name of its sentence; null where they can. */
export function unsavable(format: Format, found: readonly Annotation[]): 'noLabels' | 'noCrops' | null {
  if (LABEL_FORMATS.has(format) && labels(found).length === 0) return 'noLabels';
  return format === 'crops' && found.every(({ annotated }) => annotated.entities.length === 0) ? 'noCrops' : null;
}
