import type { Sample, Task } from '../sample.ts';
import type { DataFolder } from './data-folder.ts';
import type { NeededFiles } from './file-list.ts';
import { type ReferringSet, referringFiles } from './referring-set.ts';

/** A data set that can be evaluated on. */
export interface Dataset {
  /** As people write it. */
  readonly title: string;
  readonly task: Task;
  /** Splits that papers report on; any other that the files know works as well. Empty where there are none. */
  readonly splits: readonly string[];
  /** What the folder has to hold, besides the pictures. */
  readonly holds: NeededFiles;
  /** @throws Kosmos2Error ANNOTATION_INVALID naming the file */
  read(folder: DataFolder, split: string): Promise<readonly Sample[]>;
}

/** Readers are fetched when they are needed: a page shows the list long before. */
const refer = (title: string, own: ReferringSet, splits: readonly string[]): Dataset => ({
  title,
  task: 'comprehension',
  splits,
  holds: referringFiles(own),
  read: async (folder, split) => (await import('./refcoco.ts')).referringExpressions(folder, own, split),
});

const caption = (title: string, own: string, splits: readonly string[], ...holds: NeededFiles[number]): Dataset => ({
  title,
  task: 'captioning',
  splits,
  holds: [holds],
  read: async (folder, split) => (await import('./captions.ts')).captionedPictures(folder, own, split),
});

/** Every data set, by the name that the command line has for it. */
export const DATASETS = {
  flickr30k: {
    title: 'Flickr30k Entities',
    task: 'grounding',
    splits: ['val', 'test'],
    holds: [['Sentences/*.txt'], ['Annotations/*.xml'], ['val.txt', 'test.txt']],
    read: async (folder, split) => (await import('./flickr30k.ts')).flickr30kPhrases(folder, split),
  },
  refcoco: refer('RefCOCO', 'refcoco', ['val', 'testA', 'testB']),
  'refcoco+': refer('RefCOCO+', 'refcoco+', ['val', 'testA', 'testB']),
  refcocog: refer('RefCOCOg', 'refcocog', ['val', 'test']),
  'refcocog-naming': {
    title: 'RefCOCOg, naming',
    task: 'naming',
    splits: ['val', 'test'],
    holds: referringFiles('refcocog'),
    read: async (folder, split) => (await import('./refcoco.ts')).referredRegions(folder, 'refcocog', split),
  },
  'flickr30k-captions': caption('Flickr30k captions', 'flickr30k', ['test', 'val'], 'dataset_flickr30k.json'),
  'coco-captions': caption('COCO captions', 'coco', ['test', 'val2014'], 'dataset_coco.json', 'captions_val2014.json'),
  vqav2: {
    title: 'VQA v2',
    task: 'answering',
    splits: ['val2014'],
    holds: [['*_val2014_questions.json'], ['*_val2014_annotations.json']],
    read: async (folder, split) => (await import('./vqa.ts')).visualQuestions(folder, split),
  },
  scenes: {
    title: 'Drawn scenes',
    task: 'grounding',
    splits: [],
    holds: [['truth.jsonl']],
    read: async (folder) => (await import('./scenes.ts')).scenePhrases(folder),
  },
} as const satisfies Readonly<Record<string, Dataset>>;

export type DatasetName = keyof typeof DATASETS;

export function isDatasetName(name: string): name is DatasetName {
  return Object.hasOwn(DATASETS, name);
}
