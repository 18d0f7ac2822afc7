import { toImageBox } from '../box.ts';
import { type AnnotatedEntity, type AnnotatedImage, mergeByFile, provenance } from './annotated-image.ts';
import { categoryName } from './categories.ts';
import { escapeXml } from './escape-xml.ts';
import { type ExportFile, fileStems } from './export-file.ts';

/**
 * Pascal VOC: `Annotations/{picture}.xml` with an object for every box, in whole pixels that count from 1 and include both
 * edges, as the VOC2012 development kit has them. Beyond it, an object that a person changed says `edited`.
 * @param stemsOf what each picture's annotation is called
 */
export function writeVoc(
  images: readonly AnnotatedImage[],
  stemsOf: (names: readonly string[]) => string[] = fileStems,
): ExportFile[] {
  const pictures = mergeByFile(images);
  const stems = stemsOf(pictures.map(({ fileName }) => fileName));
  return pictures.map((picture, index) => ({
    path: `Annotations/${stems[index]}.xml`,
    type: 'application/xml',
    text: annotation(picture),
  }));
}

function annotation({ fileName, width, height, entities }: AnnotatedImage): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<annotation>
  <folder>images</folder>
  <filename>${escapeXml(fileName)}</filename>
  <source><database>KOSMOS-2</database></source>
  <size><width>${width}</width><height>${height}</height><depth>3</depth></size>
  <segmented>0</segmented>
${entities.map((entity) => objects(entity, width, height)).join('')}</annotation>
`;
}

function objects(entity: AnnotatedEntity, width: number, height: number): string {
  return entity.boxes
    .map((box, index) => {
      const mark = provenance(entity, index).edited ? '\n    <edited>1</edited>' : '';
      const [x1, y1, x2, y2] = toImageBox(box, width, height);
      const [xmin, xmax] = pixels(x1, x2, width);
      const [ymin, ymax] = pixels(y1, y2, height);
      return `  <object>
    <name>${escapeXml(categoryName(entity))}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>${mark}
  </object>
`;
    })
    .join('');
}

/** First and last pixel of a stretch, from 1 to `size`; at least one. */
function pixels(from: number, to: number, size: number): [number, number] {
  const first = Math.min(size, Math.max(1, Math.round(from) + 1));
  return [first, Math.min(size, Math.max(first, Math.round(to)))];
}
