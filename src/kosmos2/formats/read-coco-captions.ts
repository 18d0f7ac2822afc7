import { ImportedFields, parseJson, refuse } from './imported.ts';

/** Ten times what there is in COCO itself; read from a disk, not dropped on a page. */
const MAX_ENTRIES = 10_000_000;

/**
 * Reads the captions of a COCO file (`captions_train2017.json`), those of one picture behind each other, in the order of the
 * pictures.
 * @throws Kosmos2Error ANNOTATION_INVALID naming the place in the file and what is wrong there
 */
export function readCocoCaptions(text: string): { readonly fileName: string; readonly caption: string }[] {
  const file = new ImportedFields(parseJson(text, 'The file'), 'the file');
  const pictures = new Map<number | string, { readonly fileName: string; readonly captions: string[] }>();
  for (const [index, value] of file.list('images', MAX_ENTRIES).entries()) {
    const fields = new ImportedFields(value, `images[${index}]`);
    pictures.set(fields.id('id'), { fileName: fields.text('file_name'), captions: [] });
  }
  for (const [index, value] of file.list('annotations', MAX_ENTRIES).entries()) {
    const place = `annotations[${index}]`;
    const fields = new ImportedFields(value, place);
    const picture = pictures.get(fields.id('image_id'));
    if (!picture) return refuse(`${place} belongs to no picture of the file.`, { place });
    const caption = fields.text('caption');
    if (caption.trim() === '') return refuse(`${place} has no caption.`, { place });
    picture.captions.push(caption);
  }
  return [...pictures.values()].flatMap(({ fileName, captions }) => captions.map((caption) => ({ fileName, caption })));
}
