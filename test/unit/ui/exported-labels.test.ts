import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { renaming } from '../../../src/state/correct.ts';
import { growAnswer } from '../../../src/state/hear-event.ts';
import { newImage, type PageImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Task, type Turn } from '../../../src/state/turn.ts';
import { annotations } from '../../../src/ui/export/annotations.ts';
import { type Format, makeExport } from '../../../src/ui/export/make-export.ts';
import { grounded } from '../state/grounded.ts';

const LEFT = [0, 0, 0.25, 0.25] as const;
const RIGHT = [0.5, 0.5, 0.75, 0.75] as const;
let state: AppState;

function own(id: string, name: string): PageImage {
  const blob = new Blob(['bytes'], { type: 'image/jpeg' });
  return newImage({ id, kind: 'own', name, url: `blob:${id}`, blob, width: 100, height: 100 });
}

function answer(
  image: string,
  id: string,
  task: Task,
  text: GroundedText,
  end: Partial<Turn> = { status: 'done' },
): void {
  const turn = newTurn(id, image, task, { settings: DEFAULT_SETTINGS, followUp: false });
  const images = state.images.map((one) => (one.id === image ? { ...one, turns: [...one.turns, id] } : one));
  state = { ...state, images, turns: { ...state.turns, [id]: turn } };
  state = { ...state, ...growAnswer(state, id, text, end) };
}

const made = async (format: Format) => {
  const { blob } = await makeExport(format, annotations(state, 'everything', null), {
    entity: () => '#000000',
    ink: '#ffffff',
  });
  return new Uint8Array(await blob.arrayBuffer());
};
const text = async (format: Format) => strFromU8(await made(format));
const files = async (format: Format) => unzipSync(await made(format));
const coco = async () => JSON.parse(await text('coco'));

beforeEach(() => {
  state = initialState([own('a', 'IMG 2041 (1).JPG'), own('b', 'b.jpg'), own('c', 'c.jpg')], 'auto');
  answer('a', 't1', { mode: 'find', words: 'a pig' }, grounded('a pig', [{ phrase: 'a pig', boxes: [LEFT] }]));
});

it('files without pictures name them as they lie on the disk, archives as they lie in them', async () => {
  expect((await coco()).images.map(({ file_name }: { file_name: string }) => file_name)).toEqual(['IMG 2041 (1).JPG']);
  expect(await text('csv')).toContain('"IMG 2041 (1).JPG",100');
  expect(JSON.parse(await text('grit')).key).toBe('IMG 2041 (1).JPG');
  expect(await text('markdown')).toContain('IMG%202041%20%281%29.JPG#xywh');
  expect(Object.keys(await files('yolo'))).toEqual(
    expect.arrayContaining(['labels/IMG-2041-1.txt', 'images/IMG-2041-1.jpg']),
  );
});

it('COCO has each thing of a picture once, in the caption that names it first', async () => {
  const again = grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT, RIGHT] }]);
  answer('a', 't2', { mode: 'find', words: 'two pigs' }, again);
  const { annotations: boxes, images } = await coco();
  expect(images).toHaveLength(1);
  expect(boxes.map(({ bbox, caption }: { bbox: number[]; caption: string }) => [bbox, caption])).toEqual([
    [[0, 0, 25, 25], 'a pig'],
    [[50, 50, 25, 25], 'two pigs'],
  ]);
});

it('a picture of which only words were asked is no picture of nothing to train with', async () => {
  answer('b', 't2', { mode: 'plain', words: 'what?' }, grounded('a cat', []));
  answer('c', 't3', { mode: 'find', words: 'a cat' }, grounded('a cat', []));
  expect((await coco()).images.map(({ file_name }: { file_name: string }) => file_name)).toEqual([
    'IMG 2041 (1).JPG',
    'c.jpg',
  ]);
  for (const [format, folder] of [
    ['yolo', 'images'],
    ['voc', 'JPEGImages'],
  ] as const) {
    const names = Object.keys(await files(format));
    expect(names.filter((name) => name.startsWith(folder))).toEqual([`${folder}/IMG-2041-1.jpg`, `${folder}/c.jpg`]);
    expect(names.filter((name) => /b\.\w+$/.test(name))).toEqual([]);
  }
  expect(await text('markdown')).toContain('a cat');
});

const REGION = { number: 1, patches: { upperLeft: 0, lowerRight: 231 }, box: unitBox(0, 0, 0.25, 0.25) };

it.each<Task>([
  { mode: 'language', words: 'a' },
  { mode: 'expert', words: 'An image of' },
  { mode: 'ask', words: 'Is it cold?', regions: [] },
  { mode: 'closer', region: REGION, frame: REGION.box, pixels: { width: 25, height: 25 } },
])('a picture is none of nothing where $mode, which looks for no things in it, gave no box', async (task) => {
  answer('b', 't2', task, grounded('a cat', []));
  expect((await coco()).images).toHaveLength(1);
  answer('b', 't3', { mode: 'find', words: 'a cat' }, grounded('a cat', []));
  expect((await coco()).images).toHaveLength(2);
});

it.each<Partial<Turn>>([
  { status: 'writing' },
  { status: 'stopped' },
  { status: 'failed' },
  { status: 'done', finish: 'length' },
  { status: 'done', finish: 'capacity' },
])('a picture is none of nothing where its answer did not come to its end: %o', async (end) => {
  answer('b', 't2', { mode: 'describe' }, grounded('An image', []), end);
  expect((await coco()).images).toHaveLength(1);
  expect(Object.keys(await files('yolo'))).not.toContain('labels/b.txt');
  answer('c', 't3', { mode: 'describe' }, grounded('a pig', [{ phrase: 'a pig', boxes: [LEFT] }]), end);
  expect((await coco()).images).toHaveLength(2);
});

it('the region of “What is this?” is no thing called “It”, unless a person named it, and takes no place from one', async () => {
  const patches = { upperLeft: 0, lowerRight: 231 };
  const region = { number: 1, patches, box: state.images[0]?.boxes[0]?.box as never };
  const it = grounded('It is a pig', [{ phrase: 'It', boxes: [RIGHT], score: null }], 2);
  answer('a', 't2', { mode: 'refer', region }, it);
  answer('a', 't3', { mode: 'find', words: 'a hat' }, grounded('a hat', [{ phrase: 'a hat', boxes: [RIGHT] }]));
  const names = async () => (await coco()).categories.map(({ name }: { name: string }) => name);
  expect(await names()).toEqual(['a pig', 'a hat']);
  expect(strFromU8((await files('yolo'))['classes.txt'] ?? new Uint8Array())).toBe('a pig\na hat\n');
  state = { ...state, ...renaming(state, 't2', 0, 'a crown')?.apply(state) };
  expect(await names()).toEqual(['a pig', 'a crown']);
});
