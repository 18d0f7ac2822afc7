import { refuse } from '../../kosmos2/formats/imported.ts';
import type { PhraseSample } from '../sample.ts';
import { baseName, type DataFolder, readText, theFile } from './data-folder.ts';
import { entityBoxes } from './flickr30k-boxes.ts';
import { markedPhrases } from './flickr30k-sentences.ts';

/** Longest sentence, in UTF-16 units: a word longer than this is no caption. */
const MAX_SENTENCE = 10_000;

/**
 * Phrase grounding on Flickr30k Entities (Plummer et al. 2015): every phrase of a split's sentences that has a box.
 * @param folder holds `Sentences/*.txt`, `Annotations/*.xml` and `val.txt`, `test.txt`, .. with the ids of a split
 * @throws Kosmos2Error ANNOTATION_INVALID naming the file
 */
export async function flickr30kPhrases(folder: DataFolder, split: string): Promise<PhraseSample[]> {
  const list = theFile(
    folder,
    (name) => baseName(name) === `${split}.txt` && !inside(name, 'Sentences'),
    `${split}.txt`,
  );
  const ids = (await readText(folder, list)).split(/\s+/).filter((id) => id !== '');
  const byName = new Map(
    folder.names
      .filter((name) => inside(name, 'Sentences') || inside(name, 'Annotations'))
      .map((name) => [baseName(name), name]),
  );
  const need = (file: string) =>
    byName.get(file) ?? refuse(`${list} names ${file}, which is not in the folder.`, { file });
  const samples: PhraseSample[] = [];
  for (const id of ids) {
    const annotations = need(`${id}.xml`);
    const boxes = entityBoxes(await readText(folder, annotations), annotations);
    const sentences = (await readText(folder, need(`${id}.txt`))).split('\n');
    for (const [line, sentence] of sentences.entries()) {
      if (sentence.length > MAX_SENTENCE)
        refuse(`Line ${line + 1} of ${id}.txt is longer than ${MAX_SENTENCE} characters.`);
      for (const [index, { words, before, entity, types }] of markedPhrases(sentence).entries()) {
        const found = boxes.get(entity);
        if (!found || words.trim() === '') continue;
        samples.push({
          task: 'grounding',
          id: `${id}/${line}/${index}`,
          image: `${id}.jpg`,
          categories: types,
          phrase: words,
          before,
          boxes: found,
        });
      }
    }
  }
  return samples;
}

function inside(name: string, folder: string): boolean {
  return `/${name}`.includes(`/${folder}/`);
}
