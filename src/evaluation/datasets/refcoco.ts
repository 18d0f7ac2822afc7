import type { UnitBox } from '../../kosmos2/box.ts';
import { boxInside, ImportedFields, parseJson, refuse } from '../../kosmos2/formats/imported.ts';
import type { PhraseSample, RegionSample } from '../sample.ts';
import { baseName, type DataFolder, readBytes, readText, theFile } from './data-folder.ts';
import { type Pickled, readPickle } from './pickle.ts';
import { isOfAnother, type ReferringSet, referencesFile } from './referring-set.ts';

/** More than the entries of any list in these files. */
const MOST = 5_000_000;

/** An object of a picture and what people call it. */
interface Referred {
  readonly id: string;
  readonly image: string;
  readonly box: UnitBox;
  readonly sentences: readonly string[];
}

/**
 * Referring comprehension: one sample for every expression of a split.
 * @param folder of RefCOCO, RefCOCO+ or RefCOCOg (Yu et al. 2016, Mao et al. 2016), or one that holds several of them
 * @throws Kosmos2Error ANNOTATION_INVALID naming the file
 */
export async function referringExpressions(
  folder: DataFolder,
  set: ReferringSet,
  split: string,
): Promise<PhraseSample[]> {
  return (await referred(folder, set, split)).flatMap(({ id, image, box, sentences }) =>
    sentences.map((phrase, index) => ({
      task: 'comprehension' as const,
      id: `${id}/${index}`,
      image,
      categories: [],
      phrase,
      before: '',
      boxes: [box],
    })),
  );
}

/** Referring generation: one sample for every object of a split, with all expressions for it. @throws as above */
export async function referredRegions(folder: DataFolder, set: ReferringSet, split: string): Promise<RegionSample[]> {
  return (await referred(folder, set, split)).map(({ id, image, box, sentences }) => ({
    task: 'naming' as const,
    id,
    image,
    categories: [],
    region: box,
    references: sentences,
  }));
}

/** Splits that are told where the wanted one is not there. */
const MOST_TOLD = 10;

async function referred(folder: DataFolder, set: ReferringSet, split: string): Promise<Referred[]> {
  const own = referencesFile(set);
  const isOwn = (name: string) => baseName(name) === own && !isOfAnother(set, `${folder.name ?? ''}/${name}`);
  const file = theFile(folder, isOwn, `${own} of ${set}`);
  const refs = readPickle(await readBytes(folder, file), file);
  const beside = file.slice(0, -baseName(file).length);
  const instances = theFile(folder, (name) => name === `${beside}instances.json`, `${beside}instances.json`);
  const boxes = instanceBoxes(parseJson(await readText(folder, instances), instances), instances);
  if (!Array.isArray(refs)) refuse(`${file} holds no list of references.`, { file });
  const found: Referred[] = [];
  const splits = new Set<string>();
  for (const [index, value] of refs.entries()) {
    const place = `${file}[${index}]`;
    const ref = value instanceof Map ? value : refuse(`${place} is no dictionary.`, { place });
    const part = ref.get('split');
    if (typeof part !== 'string') return refuse(`${place} says of no split that it belongs to it.`, { place });
    splits.add(part);
    if (part !== split) continue;
    const id = number(ref.get('ann_id'), `${place}: ann_id`);
    const known =
      boxes.get(id) ?? refuse(`${place} is about annotation ${id}, which ${instances} does not hold.`, { place });
    const sentences = ref.get('sentences');
    if (!Array.isArray(sentences)) refuse(`${place} has no list of sentences.`, { place });
    found.push({
      id: String(number(ref.get('ref_id'), `${place}: ref_id`)),
      ...known,
      sentences: sentences.map((sentence) => wordsOf(sentence, place)).filter((words) => words !== ''),
    });
  }
  if (found.length > 0) return found;
  return refuse(`${file} has no split "${split}", only ${[...splits].slice(0, MOST_TOLD).join(', ')}.`, {
    file,
    split,
  });
}

function wordsOf(sentence: Pickled, place: string): string {
  const words = sentence instanceof Map ? (sentence.get('sent') ?? sentence.get('raw')) : null;
  return typeof words === 'string' ? words.trim() : refuse(`${place} has a sentence without words.`, { place });
}

function number(value: Pickled | undefined, place: string): number {
  return typeof value === 'number' ? value : refuse(`${place} is no number.`, { place });
}

/** Where every annotation of `instances.json` is, and on which picture. */
function instanceBoxes(value: unknown, place: string): ReadonlyMap<number, { image: string; box: UnitBox }> {
  const file = new ImportedFields(value, place);
  const images = new Map<unknown, { name: string; width: number; height: number }>();
  for (const [index, each] of file.list('images', MOST).entries()) {
    const image = new ImportedFields(each, `${place}: images[${index}]`);
    images.set(image.id('id'), {
      name: image.text('file_name'),
      width: image.side('width'),
      height: image.side('height'),
    });
  }
  const boxes = new Map<number, { image: string; box: UnitBox }>();
  for (const [index, each] of file.list('annotations', MOST).entries()) {
    const annotation = new ImportedFields(each, `${place}: annotations[${index}]`);
    const image = images.get(annotation.id('image_id'));
    const [x = 0, y = 0, width = 0, height = 0] = annotation.numbers('bbox', 4);
    const box =
      image && boxInside(x / image.width, y / image.height, (x + width) / image.width, (y + height) / image.height);
    if (image && box) boxes.set(Number(annotation.id('id')), { image: baseName(image.name), box });
  }
  return boxes;
}
