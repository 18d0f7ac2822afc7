import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../../src/evaluation/datasets/datasets.ts';
import { fixture } from '../../support/packages.ts';
import { textFolder } from '../../support/text-folder.ts';

const BOXES = `<annotation><filename>7.jpg</filename><size><width>400</width><height>200</height><depth>3</depth></size>
<object><name>1</name><bndbox><xmin>41</xmin><ymin>21</ymin><xmax>81</xmax><ymax>121</ymax></bndbox></object>
<object><name>1</name><name>2</name><bndbox><xmin>201</xmin><ymin>1</ymin><xmax>500</xmax><ymax>101</ymax></bndbox></object>
<object><name>3</name><scene>1</scene><nobndbox>1</nobndbox></object></annotation>`;

const flickr = {
  'val.txt': '7\n',
  'Annotations/7.xml': BOXES,
  'Sentences/7.txt':
    '[/EN#1/people Two men] in [/EN#2/clothing/other red hats] in [/EN#3/scene a yard] .\n[/EN#0/notvisual It] rains .\n',
};

const refs = readFileSync(fixture('evaluation/refcoco/protocol-0.p'));
const instances = readFileSync(fixture('evaluation/refcoco/instances.json'));
const refcoco = { 'refcoco/refs(unc).p': refs, 'refcoco/instances.json': instances };
const refcocog = { 'refcocog/refs(umd).p': refs, 'refcocog/instances.json': instances };
/** What must not be read. */
const broken = new Uint8Array([1]);

describe('Flickr30k Entities', () => {
  it('gives every phrase with a box, behind the plain words before it, its boxes inside the picture', async () => {
    const samples = await DATASETS.flickr30k.read(textFolder(flickr), 'val');
    expect(samples).toMatchObject([
      { id: '7/0/0', image: '7.jpg', phrase: 'Two men', before: '', categories: ['people'] },
      { id: '7/0/1', phrase: 'red hats', before: 'Two men in', categories: ['clothing', 'other'] },
    ]);
    expect(samples.map((sample) => 'boxes' in sample && sample.boxes)).toEqual([
      [
        [0.1, 0.1, 0.2, 0.6],
        [0.5, 0, 1, 0.5],
      ],
      [[0.5, 0, 1, 0.5]],
    ]);
  });

  it.each([
    ['no list of the split', { ...flickr, 'val.txt': undefined }, 'The folder holds no val.txt.'],
    ['no sentences', { ...flickr, 'Sentences/7.txt': undefined }, 'val.txt names 7.txt, which is not in the folder.'],
    [
      'no size',
      { ...flickr, 'Annotations/7.xml': '<annotation/>' },
      'Annotations/7.xml: the size of the picture must be',
    ],
    ['no XML', { ...flickr, 'Annotations/7.xml': '<annotation' }, 'Annotations/7.xml'],
    [
      'a box of words',
      { ...flickr, 'Annotations/7.xml': BOXES.replace('>41<', '>left<') },
      'Annotations/7.xml: a bndbox must be 4 numbers',
    ],
    [
      'entities that multiply',
      { ...flickr, 'Annotations/7.xml': `<!DOCTYPE a [<!ENTITY x "41">]>${BOXES.replace('>41<', '>&x;<')}` },
      'Annotations/7.xml',
    ],
  ])('with %s is refused in a sentence that names the file', async (_, files, sentence) => {
    const there = Object.fromEntries(Object.entries(files).filter(([, content]) => content !== undefined));
    await expect(DATASETS.flickr30k.read(textFolder(there as Record<string, string>), 'val')).rejects.toThrow(sentence);
  });
});

describe('RefCOCO', () => {
  it('gives one sample for every expression of the split, and the box as a part of the picture', async () => {
    const samples = await DATASETS.refcoco.read(textFolder(refcoco), 'val');
    expect(samples).toHaveLength(5);
    expect(samples[0]).toMatchObject({
      id: '1/0',
      image: 'COCO_train2014_000000000010.jpg',
      phrase: "the dog's ball",
      boxes: [[12.5 / 640, 20 / 480, 112.5 / 640, 70.25 / 480]],
    });
  });

  it('asks about each region once where it is to be named', async () => {
    const samples = await DATASETS['refcocog-naming'].read(textFolder(refcocog), 'val');
    expect(samples).toMatchObject([{ references: ["the dog's ball", 'left ball'] }, { references: { length: 3 } }]);
  });

  it('names the splits there are where the one asked for is not', async () => {
    await expect(DATASETS.refcoco.read(textFolder(refcoco), 'testC')).rejects.toThrow(
      'no split "testC", only val, testA',
    );
  });

  it('takes its own partition where others lie beside it, and its own folder where the other data sets do', async () => {
    const all = { ...refcoco, ...refcocog, 'refcoco/refs(google).p': broken, 'refcocog/refs(google).p': broken };
    const plus = { 'refcoco+/refs(unc).p': broken, 'refcoco+/instances.json': broken };
    const folder = textFolder({ ...all, ...plus });
    expect(await DATASETS.refcoco.read(folder, 'val')).toHaveLength(5);
    expect(await DATASETS.refcocog.read(folder, 'val')).toHaveLength(5);
  });

  it('does not take one of these data sets for another', async () => {
    await expect(DATASETS['refcoco+'].read(textFolder(refcoco), 'val')).rejects.toThrow(
      'The folder holds no refs(unc).p of refcoco+.',
    );
  });

  it('is told by the innermost folder that has the name of one, also by that which was chosen', async () => {
    const chosen = { 'refs(unc).p': refs, 'instances.json': instances };
    expect(await DATASETS.refcoco.read({ ...textFolder(chosen), name: 'RefCOCO' }, 'val')).toHaveLength(5);
    await expect(DATASETS.refcoco.read({ ...textFolder(chosen), name: 'refcoco+' }, 'val')).rejects.toThrow(
      'The folder holds no refs(unc).p of refcoco.',
    );
    expect(await DATASETS.refcoco.read({ ...textFolder(refcoco), name: 'refcocog' }, 'val')).toHaveLength(5);
  });

  it('refuses a reference to an annotation that is not there', async () => {
    const files = { ...refcoco, 'refcoco/instances.json': '{"images":[],"annotations":[]}' };
    await expect(DATASETS.refcoco.read(textFolder(files), 'val')).rejects.toThrow('annotation 101');
  });
});

describe('captions', () => {
  it('of Karpathy’s file: those of the split', async () => {
    const images = [
      { filename: '1.jpg', split: 'test', sentences: [{ raw: 'A dog.' }, { raw: 'A hound.' }] },
      { filename: '2.jpg', split: 'train', sentences: [{ raw: 'A cat.' }] },
    ];
    const folder = textFolder({ 'dataset_flickr30k.json': JSON.stringify({ images }) });
    expect(await DATASETS['flickr30k-captions'].read(folder, 'test')).toEqual([
      { task: 'captioning', id: '1.jpg', image: '1.jpg', categories: [], references: ['A dog.', 'A hound.'] },
    ]);
  });

  it('of Karpathy’s file as his archives have it: of the data set that it says it is', async () => {
    const file = (dataset: string, filename: string) =>
      JSON.stringify({ dataset, images: [{ filename, split: 'test', sentences: [{ raw: 'A dog.' }] }] });
    const coco = { 'coco/dataset.json': file('coco', 'coco.jpg') };
    const both = textFolder({ ...coco, 'flickr30k/dataset.json': file('flickr30k', 'flickr.jpg') });
    expect(await DATASETS['flickr30k-captions'].read(both, 'test')).toMatchObject([{ image: 'flickr.jpg' }]);
    expect(await DATASETS['coco-captions'].read(both, 'test')).toMatchObject([{ image: 'coco.jpg' }]);
    await expect(DATASETS['flickr30k-captions'].read(textFolder(coco), 'test')).rejects.toThrow(
      'dataset_flickr30k.json',
    );
  });

  it('of COCO’s file: all captions of a picture together', async () => {
    const coco = {
      images: [{ id: 9, file_name: 'COCO_val2014_000000000009.jpg' }],
      annotations: [
        { image_id: 9, caption: 'A dog.' },
        { image_id: 9, caption: 'A hound.' },
      ],
    };
    const folder = textFolder({ 'annotations/captions_val2014.json': JSON.stringify(coco) });
    expect(await DATASETS['coco-captions'].read(folder, 'val2014')).toMatchObject([
      { references: ['A dog.', 'A hound.'] },
    ]);
  });
});

describe('captions of several data sets in one folder', () => {
  const karpathy = (filename: string) =>
    JSON.stringify({ images: [{ filename, split: 'test', sentences: [{ raw: 'A dog.' }] }] });
  const coco = { images: [{ id: 9, file_name: '9.jpg' }], annotations: [{ image_id: 9, caption: 'A dog.' }] };
  const folder = textFolder({
    'dataset_flickr30k.json': karpathy('flickr.jpg'),
    'dataset_coco.json': karpathy('coco.jpg'),
    'captions_val2014.json': JSON.stringify(coco),
  });

  it.each([
    ['flickr30k-captions', 'test', 'flickr.jpg'],
    ['coco-captions', 'test', 'coco.jpg'],
    ['coco-captions', 'val2014', '9.jpg'],
  ] as const)('are those of %s, %s', async (name, split, image) => {
    expect(await DATASETS[name].read(folder, split)).toMatchObject([{ image }]);
  });
});

describe('VQA v2', () => {
  const questions = { questions: [{ question_id: 5, image_id: 42, question: 'What is it?' }] };
  const annotations = {
    annotations: [{ question_id: 5, answer_type: 'other', answers: [{ answer: 'dog' }, { answer: 'cat' }] }],
  };
  const files = {
    'v2_OpenEnded_mscoco_val2014_questions.json': JSON.stringify(questions),
    'v2_mscoco_val2014_annotations.json': JSON.stringify(annotations),
  };

  it('gives every question with what people answered, about COCO’s picture', async () => {
    expect(await DATASETS.vqav2.read(textFolder(files), 'val2014')).toEqual([
      {
        task: 'answering',
        id: '5',
        image: 'COCO_val2014_000000000042.jpg',
        categories: ['other'],
        question: 'What is it?',
        people: ['dog', 'cat'],
      },
    ]);
  });

  it('refuses a question that nobody answered', async () => {
    const without = { ...files, 'v2_mscoco_val2014_annotations.json': '{"annotations":[]}' };
    await expect(DATASETS.vqav2.read(textFolder(without), 'val2014')).rejects.toThrow('question 5 is not annotated');
  });
});
