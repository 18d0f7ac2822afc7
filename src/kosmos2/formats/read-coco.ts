import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';
import { boxInside, checkFileLength, type Imported, ImportedFields, LIMITS, parseJson, refuse } from './imported.ts';

interface Picture extends Pick<AnnotatedImage, 'fileName' | 'width' | 'height'> {
  readonly entities: AnnotatedEntity[];
}

/**
 * Reads COCO JSON as boxes of pictures, each named after its category. Boxes that stick out of their picture are cut to it.
 * Pictures without boxes are left out.
 * @throws Kosmos2Error ANNOTATION_INVALID naming the place in the file and what is wrong there
 */
export function readCoco(text: string): Imported {
  checkFileLength(text);
  const file = new ImportedFields(parseJson(text, 'The file'), 'the file');
  const pictures = new Map<number | string, Picture>();
  for (const [index, value] of file.list('images', LIMITS.images).entries()) {
    const fields = new ImportedFields(value, `images[${index}]`);
    const [fileName, width, height] = [fields.text('file_name'), fields.side('width'), fields.side('height')];
    pictures.set(fields.id('id'), { fileName, width, height, entities: [] });
  }
  const names = new Map<number | string, string>();
  for (const [index, value] of file.list('categories', LIMITS.boxes).entries()) {
    const fields = new ImportedFields(value, `categories[${index}]`);
    names.set(fields.id('id'), fields.text('name'));
  }
  let skipped = 0;
  for (const [index, value] of file.list('annotations', LIMITS.boxes).entries()) {
    const place = `annotations[${index}]`;
    const fields = new ImportedFields(value, place);
    const picture = pictures.get(fields.id('image_id'));
    if (!picture) return refuse(`${place} belongs to no picture of the file.`, { place });
    const [x, y, w, h] = fields.numbers('bbox', 4) as [number, number, number, number];
    const { width, height } = picture;
    const box = boxInside(x / width, y / height, (x + w) / width, (y + h) / height);
    const phrase = names.get(fields.id('category_id')) ?? null;
    const score = fields.share('score');
    if (box) picture.entities.push({ phrase, start: 0, end: 0, boxes: [box], score });
    else skipped += 1;
  }
  const images = [...pictures.values()].filter(({ entities }) => entities.length > 0);
  return { images: images.map((picture) => ({ ...picture, caption: '' })), skipped };
}
