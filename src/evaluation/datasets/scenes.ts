import { type UnitBox, unitBox } from '../../kosmos2/box.ts';
import { finiteNumbers, ImportedFields, parseJson, refuse } from '../../kosmos2/formats/imported.ts';
import type { PhraseSample } from '../sample.ts';
import { baseName, type DataFolder, readText, theFile } from './data-folder.ts';

const MOST_BOXES = 100;
const PROMPT = /^<grounding>\s*(?<before>[^<]*)<phrase>\s*(?<phrase>[^<]+?)\s*<\/phrase>$/;

/**
 * Phrases of drawn scenes: `truth.jsonl` as training/samples.py writes it, a line `{image, prompt, kind, boxes}` each.
 * @throws Kosmos2Error ANNOTATION_INVALID naming the line
 */
export async function scenePhrases(folder: DataFolder): Promise<PhraseSample[]> {
  const file = theFile(folder, (name) => baseName(name) === 'truth.jsonl', 'truth.jsonl');
  const lines = (await readText(folder, file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${file}, line ${index + 1}`;
    const fields = new ImportedFields(parseJson(line, place), place);
    const { before = '', phrase = '' } = PROMPT.exec(fields.text('prompt'))?.groups ?? {};
    if (phrase === '') refuse(`${place} asks for no phrase.`, { place });
    const boxes = fields.list('boxes', MOST_BOXES).map((box) => cornersOf(box, place));
    if (boxes.length === 0) refuse(`${place} has no box.`, { place });
    const image = baseName(fields.text('image'));
    return [{ task: 'grounding', id: String(index), image, categories: [fields.text('kind')], phrase, before, boxes }];
  });
}

function cornersOf(value: unknown, place: string): UnitBox {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = finiteNumbers(value, 4, `${place}: a box`);
  return unitBox(x1, y1, x2, y2);
}
