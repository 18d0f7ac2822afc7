import { fileList, type NeededFiles } from '../../evaluation/datasets/file-list.ts';
import type { Task } from '../../evaluation/sample.ts';
import { count } from './format.ts';

const TASKS: Readonly<Record<Task, string>> = {
  grounding: 'find phrases',
  comprehension: 'find what is described',
  naming: 'name regions',
  captioning: 'describe',
  answering: 'answer questions',
};

const NOT_KEPT = 'This browser cannot keep them: save the results before you close the page.';

export const evaluation = {
  title: 'Evaluation',
  about:
    'Measures how good a model is: it is asked about every sample of a data set, here in this browser, and what it says is compared with what people said. The data set stays on your device, in its own files.',
  back: 'Back to the pictures',
  model: (name: string) => `Model: ${name}`,
  tasks: TASKS,
  dataset: 'Data set',
  // Titles, notes and metrics come in English with the data set; another language makes its own.
  datasetTitle: (_dataset: string, title: string) => title,
  note: (_dataset: string, note: string) => note,
  metric: (metric: string) => metric,
  split: 'Part',
  limit: 'Samples at most',
  compose: 'Compose scenes',
  folder: 'Choose its folder…',
  holds: (files: NeededFiles) =>
    `The folder holds ${fileList([...files, ['the pictures']], 'en-GB')}. It can be dropped here as well.`,
  samples: (number: number, title: string) => `${title}: ${count(number, 'sample')} to ask about.`,
  run: 'Run',
  goOn: 'Go on',
  stop: 'Stop',
  take: 'Open results…',
  saveLines: 'Save results',
  saveSummary: 'Save figures',
  forget: 'Begin anew',
  forgetting: (outcomes: number) => `Delete the results of ${count(outcomes, 'sample')}? “Save results” keeps a file.`,
  doForget: 'Delete',
  keep: 'Keep it',
  reading: 'Reading the data set',
  opening: 'Opening the model',
  soFar: (percent: number) => `${percent}%`,
  running: (done: number, all: number, secondsLeft: number | null, keeps: boolean | null) =>
    `${done} of ${all} answered${secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`}.${kept(keeps, 'Each is kept in this browser.')}`,
  stopped: (done: number, all: number, keeps: boolean | null) =>
    done === 0 ? 'Stopped.' : `Stopped at ${done} of ${all}.${kept(keeps, 'What is answered is kept.')}`,
  taken: (answered: number, all: number, keeps: boolean | null) =>
    `${answered} of ${all} answered, the file’s included. ${answered === all ? 'What came from the file is not kept in this browser: keep the file.' : `“Go on” asks about the others.${kept(keeps, 'It keeps the file’s as well.')}`}`,
  done: (answered: number, all: number) =>
    answered === all
      ? `All ${all} answered.`
      : `${answered} of ${all} answered. “Go on” asks about the others again once what was missing is there.`,
  unreadable: (name: string) => `${name} cannot be read any more. Choose the folder again.`,
  folderGone: (place: string) =>
    `Neither ${place} nor what lies beside it can be read any more: their disk or folder is gone. Bring it back and go on, or choose the folder again.`,
  noPicture: (name: string) => `The picture ${name} is not in the folder.`,
  twoPictures: (name: string, place: string, other: string) =>
    `The picture ${name} lies twice in the folder, as ${place} and ${other}. Choose a folder that holds it once.`,
  figures: (answered: number, failed: number) =>
    `Figures of ${count(answered, 'sample')}${failed > 0 ? `, ${failed} failed` : ''}`,
  here: 'Here',
  published: 'KOSMOS-2, published',
  figure: (value: number) => value.toFixed(1),
  categories: 'By category',
  samplesColumn: 'Samples',
  viewer: 'Answers',
  showAll: 'Right ones too',
  category: 'Category',
  everyCategory: 'all',
  previous: 'Previous',
  next: 'Next',
  place: (at: number, all: number) => `${at} of ${all}`,
  noneWrong: 'Nothing wrong so far.',
  picture: (name: string) => `The picture ${name} with the boxes`,
  asked: 'Asked',
  expected: 'Right',
  got: 'Answered',
  sample: 'Sample',
  boxes: (number: number) => boxCount(number),
  found: (number: number, overlap: number) =>
    number === 0 ? 'no box' : `${boxCount(number)}, the first overlaps by ${(100 * overlap).toFixed(0)}%`,
  nothingSaid: 'nothing',
};

/** What there is to say of keeping, behind a sentence: nothing while it is not known. */
function kept(keeps: boolean | null, words: string): string {
  return keeps === null ? '' : ` ${keeps ? words : NOT_KEPT}`;
}

function boxCount(number: number): string {
  return number === 1 ? '1 box' : `${number} boxes`;
}

function duration(seconds: number): string {
  if (seconds < 120) return count(Math.ceil(seconds), 'second');
  if (seconds < 7200) return count(Math.round(seconds / 60), 'minute');
  return `${(seconds / 3600).toFixed(1)} hours`;
}
