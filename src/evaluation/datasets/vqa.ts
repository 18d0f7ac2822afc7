import { ImportedFields, parseJson, refuse } from '../../kosmos2/formats/imported.ts';
import type { QuestionSample } from '../sample.ts';
import { baseName, type DataFolder, readText, theFile } from './data-folder.ts';

const MOST = 5_000_000;
/** Digits of a picture's id in its name, as COCO writes it. */
const DIGITS = 12;

/**
 * Questions of VQA v2 (Goyal et al. 2017) with what ten people answered.
 * @param folder holds `*_<split>_questions.json` and `*_<split>_annotations.json`; pictures are COCO's of that split
 * @param split as `val2014`
 * @throws Kosmos2Error ANNOTATION_INVALID naming the file
 */
export async function visualQuestions(folder: DataFolder, split: string): Promise<QuestionSample[]> {
  const named = (ending: string) => {
    const end = `_${split}_${ending}.json`;
    return theFile(folder, (name) => baseName(name).endsWith(end), `file *${end}`);
  };
  const asked = named('questions');
  const questions = new ImportedFields(parseJson(await readText(folder, asked), asked), asked);
  const answers = await answersOf(folder, named('annotations'));
  return questions.list('questions', MOST).map((value, index) => {
    const place = `${asked}: questions[${index}]`;
    const question = new ImportedFields(value, place);
    const id = String(question.id('question_id'));
    const known = answers.get(id) ?? refuse(`${place} has no answers: question ${id} is not annotated.`, { place });
    const picture = String(question.id('image_id')).padStart(DIGITS, '0');
    return {
      task: 'answering',
      id,
      image: `COCO_${split}_${picture}.jpg`,
      question: question.text('question'),
      ...known,
    };
  });
}

async function answersOf(folder: DataFolder, file: string) {
  const fields = new ImportedFields(parseJson(await readText(folder, file), file), file);
  const answers = new Map<string, Pick<QuestionSample, 'people' | 'categories'>>();
  for (const [index, value] of fields.list('annotations', MOST).entries()) {
    const place = `${file}: annotations[${index}]`;
    const annotation = new ImportedFields(value, place);
    const people = annotation
      .list('answers', 100)
      .map((answer, each) => new ImportedFields(answer, `${place}.answers[${each}]`).text('answer'));
    const type = annotation.text('answer_type');
    answers.set(String(annotation.id('question_id')), { people, categories: type === '' ? [] : [type] });
  }
  return answers;
}
