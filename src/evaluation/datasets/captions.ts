import { ImportedFields, parseJson, refuse } from '../../kosmos2/formats/imported.ts';
import type { CaptionSample } from '../sample.ts';
import { baseName, type DataFolder, readText, theFile } from './data-folder.ts';

const MOST = 1_000_000;

/**
 * Captions of a split, from Karpathy's file (`dataset_flickr30k.json`, `dataset_coco.json`; his splits are those that papers
 * report on) or from COCO's (`captions_val2014.json`; the split is the end of its name).
 * @throws Kosmos2Error ANNOTATION_INVALID naming the file
 */
export async function captionedPictures(folder: DataFolder, split: string): Promise<CaptionSample[]> {
  const isKarpathy = (name: string) => /^dataset(_\w+)?\.json$/.test(baseName(name));
  const isCoco = (name: string) => baseName(name) === `captions_${split}.json`;
  const karpathy = folder.names.some(isKarpathy);
  const what = `dataset_*.json of Karpathy's splits and no captions_${split}.json of COCO`;
  const file = theFile(folder, karpathy ? isKarpathy : isCoco, what);
  const fields = new ImportedFields(parseJson(await readText(folder, file), file), file);
  const samples = karpathy ? ofKarpathy(fields, file, split) : ofCoco(fields, file);
  return samples.length > 0 ? samples : refuse(`${file} has no picture of the split "${split}".`, { file, split });
}

function ofKarpathy(fields: ImportedFields, file: string, split: string): CaptionSample[] {
  return fields.list('images', MOST).flatMap((value, index) => {
    const place = `${file}: images[${index}]`;
    const image = new ImportedFields(value, place);
    if (image.text('split') !== split) return [];
    const references = image
      .list('sentences', 1000)
      .map((sentence, each) => new ImportedFields(sentence, `${place}.sentences[${each}]`).text('raw'));
    const name = baseName(image.text('filename'));
    return [{ task: 'captioning', id: name, image: name, categories: [], references }];
  });
}

function ofCoco(fields: ImportedFields, file: string): CaptionSample[] {
  const references = new Map<unknown, string[]>();
  for (const [index, value] of fields.list('annotations', MOST).entries()) {
    const annotation = new ImportedFields(value, `${file}: annotations[${index}]`);
    const image = annotation.id('image_id');
    references.set(image, [...(references.get(image) ?? []), annotation.text('caption')]);
  }
  return fields.list('images', MOST).flatMap((value, index) => {
    const image = new ImportedFields(value, `${file}: images[${index}]`);
    const known = references.get(image.id('id'));
    const name = baseName(image.text('file_name'));
    return known ? [{ task: 'captioning', id: name, image: name, categories: [], references: known }] : [];
  });
}
