import { ImportedFields, parseJson, refuse } from '../../kosmos2/formats/imported.ts';
import { append } from '../append.ts';
import type { CaptionSample } from '../sample.ts';
import { baseName, type DataFolder, readText, theFile } from './data-folder.ts';

const MOST = 1_000_000;

/**
 * Captions of a split, from COCO's file of it (`captions_val2014.json`) or from Karpathy's (`dataset_flickr30k.json`,
 * `dataset_coco.json`; his splits are those that papers report on). A folder may hold those of both data sets.
 * @param own the data set's name in Karpathy's file names
 * @throws Kosmos2Error ANNOTATION_INVALID naming the file
 */
export async function captionedPictures(folder: DataFolder, own: string, split: string): Promise<CaptionSample[]> {
  const coco = `captions_${split}.json`;
  const karpathy = `dataset_${own}.json`;
  const there = new Set(folder.names.map(baseName));
  const wanted = [coco, karpathy].find((name) => there.has(name));
  const what = `${karpathy} of Karpathy's splits and no ${coco} of COCO`;
  const file = wanted ? theFile(folder, (name) => baseName(name) === wanted, wanted) : await unnamed(folder, own, what);
  const fields = new ImportedFields(parseJson(await readText(folder, file), file), file);
  const samples = wanted === coco ? ofCoco(fields, file) : ofKarpathy(fields, file, split);
  return samples.length > 0 ? samples : refuse(`${file} has no picture of the split "${split}".`, { file, split });
}

/** Karpathy's file as it lies in the archive of one data set, where all have one name and say inside whose they are. */
async function unnamed(folder: DataFolder, own: string, what: string): Promise<string> {
  const isOwn = new Set<string>();
  for (const name of folder.names.filter((each) => baseName(each) === 'dataset.json')) {
    const { dataset } = (parseJson(await readText(folder, name), name) ?? {}) as { dataset?: unknown };
    if (dataset === own) isOwn.add(name);
  }
  return theFile(folder, (name) => isOwn.has(name), what);
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
    append(references, annotation.id('image_id'), annotation.text('caption'));
  }
  return fields.list('images', MOST).flatMap((value, index) => {
    const image = new ImportedFields(value, `${file}: images[${index}]`);
    const known = references.get(image.id('id'));
    const name = baseName(image.text('file_name'));
    return known ? [{ task: 'captioning', id: name, image: name, categories: [], references: known }] : [];
  });
}
