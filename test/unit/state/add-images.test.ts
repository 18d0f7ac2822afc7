import { expect, it, vi } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import type { ImageInfo } from '../../../src/protocol/messages.ts';
import { damaged, notAnImage, unreadableFormat } from '../../../src/runtime/image/image-errors.ts';
import { checkDimensions } from '../../../src/runtime/image/limits.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';
import { fakeApp } from './fake-app.ts';

it.each([
  [2, 'one more was not opened. Remove one first.', 'ein weiteres wurde nicht geöffnet. Entferne zuerst eines.'],
  [3, '2 more were not opened. Remove some first.', '2 weitere wurden nicht geöffnet. Entferne zuerst einige.'],
])('of %i pictures where one fits, what was left out is told in one sentence', async (number, english, german) => {
  let room = 1;
  const { actions, store } = fakeApp({
    async setImage(image) {
      if (room-- === 0) throw new AppError('IMAGE_LIMIT', 'Full.', { limit: 256 });
      return { image, width: 4, height: 3 };
    },
  });
  await actions.addImages(Array.from({ length: number }, () => new Blob(['picture'])));
  const told = store.getState().notices.map(({ error }) => error);
  expect(told.map(({ message }) => message)).toEqual([`256 images are open, the most there can be: ${english}`]);
  expect(told.map(sentence)).toEqual([`256 Bilder sind offen, mehr geht nicht: ${german}`]);
});

it('shows the first of several pictures, and takes nobody away from it for the others', async () => {
  let second = () => {};
  const held = new Promise<void>((resolve) => (second = resolve));
  let given = 0;
  const { actions, store } = fakeApp({
    async setImage(image) {
      if (given++ > 0) await held;
      return { image, width: 4, height: 3 };
    },
  });
  const added = actions.addImages([new Blob(['1']), new Blob(['2']), new Blob(['3'])]);
  await vi.waitFor(() => expect(store.getState().images).toHaveLength(3), { interval: 1 });
  const first = store.getState().current;
  const region = actions.addRegion({ upperLeft: 0, lowerRight: 33 });
  second();
  await added;
  const { images, current, draft } = store.getState();
  expect(images).toHaveLength(5);
  expect([current, draft.regions.map(({ number }) => number)]).toEqual([first, [region]]);
});

it('says of a picture made of a scene whether it could be opened', async () => {
  let fails = false;
  const { actions } = fakeApp({
    async setImage(image) {
      if (fails) throw new AppError('IMAGE_LIMIT', 'Full.', { limit: 256 });
      return { image, width: 4, height: 3 };
    },
  });
  const truth = { background: 'red', things: [] } as const;
  const picture = new File(['picture'], 'Scene 1');
  expect(await actions.addScene(picture, truth)).toBe(true);
  fails = true;
  expect(await actions.addScene(picture, truth)).toBe(false);
});

it('opens good pictures also where a lost model cannot be opened again', async () => {
  class Picture {
    naturalWidth = 4;
    naturalHeight = 3;
    decode = async () => {};
  }
  vi.stubGlobal('Image', Picture);
  const { actions, store } = fakeApp({
    setImage: () => Promise.reject(new AppError('PACKAGE_FETCH_FAILED', 'No server.')),
  });
  await actions.addImages([new Blob(['1']), new Blob(['2'])]);
  vi.unstubAllGlobals();
  expect(store.getState().images).toHaveLength(4);
  expect(store.getState().notices).toEqual([]);
});

it('tells of many files that are no pictures in one sentence, and takes nothing back but what was told of pictures', async () => {
  let opens = false;
  const { actions, store } = fakeApp({
    async setImage(image) {
      if (!opens) throw new AppError('IMAGE_NOT_AN_IMAGE', 'No picture.');
      return { image, width: 4, height: 3 };
    },
  });
  const files = Array.from({ length: 40 }, (_, index) => new File(['?'], `${index}.txt`));
  actions.tell(new AppError('STORAGE_FULL', 'No room.'));
  await actions.addImages(files);
  const told = () => store.getState().notices.map(({ error }) => error);
  expect(told().map(({ message }) => message)).toEqual([
    'No room.',
    '0.txt, 1.txt and 38 more could not be opened: not pictures, or damaged. Choose PNG, JPEG, WebP, AVIF or GIF files.',
  ]);
  expect(told().map(sentence)[1]).toBe(
    '0.txt, 1.txt und 38 weitere ließen sich nicht öffnen: Es sind keine Bilder, oder sie sind beschädigt. Wähl PNG, JPEG, WebP, AVIF oder GIF.',
  );
  await actions.addImages(files.slice(0, 2));
  expect(told().at(-1)?.message).toMatch(/^0\.txt and 1\.txt could not be opened: /);
  expect(told().map(sentence).at(-1)).toMatch(/^0\.txt und 1\.txt ließen sich nicht öffnen: /);
  await actions.addImages([new Blob(['?']), new Blob(['?'])]);
  expect(told().at(-1)?.message).toMatch(/^2 files could not be opened: /);
  expect(told().map(sentence).at(-1)).toMatch(/^2 Dateien ließen sich nicht öffnen: /);
  opens = true;
  await actions.addImages(files.slice(0, 1));
  expect(told().map(({ message }) => message)).toEqual(['No room.']);
});

it('tells of good pictures that are too large apart from files that are none, and why', async () => {
  const { actions, store } = fakeApp({
    async setImage(_, blob) {
      const { type } = blob;
      if (type === 'image/heic') throw unreadableFormat('heic');
      if (type !== 'image/png') throw type === 'text/plain' ? notAnImage(false) : damaged();
      checkDimensions(20_000, 10_000);
      return { image: '', width: 4, height: 3 };
    },
  });
  const file = (name: string, type: string) => new File(['?'], name, { type });
  await actions.addImages([
    file('notes.txt', 'text/plain'),
    file('big.png', 'image/png'),
    file('half.jpg', 'image/jpeg'),
    file('bigger.png', 'image/png'),
    file('phone.heic', 'image/heic'),
    file('biggest.png', 'image/png'),
    file('other.heic', 'image/heic'),
  ]);
  const told = store.getState().notices.map(({ error }) => error);
  expect(told.map(({ code, message }) => [code, message])).toEqual([
    [
      'IMAGE_NOT_AN_IMAGE',
      'notes.txt and half.jpg could not be opened: not pictures, or damaged. Choose PNG, JPEG, WebP, AVIF or GIF files.',
    ],
    [
      'IMAGE_TOO_LARGE',
      'big.png, bigger.png and 1 more could not be opened, the first of them for this reason: The picture is 20000 x 10000 pixels (200 megapixels), and at most 100 megapixels can be opened. Make it smaller and try again.',
    ],
    [
      'IMAGE_NOT_AN_IMAGE',
      'phone.heic and other.heic could not be opened, the first of them for this reason: HEIC pictures cannot be read here. Save the picture as PNG or JPEG and try again.',
    ],
  ]);
  expect(told.map(sentence)).toEqual([
    'notes.txt und half.jpg ließen sich nicht öffnen: Es sind keine Bilder, oder sie sind beschädigt. Wähl PNG, JPEG, WebP, AVIF oder GIF.',
    'big.png, bigger.png und eine weitere Datei ließen sich nicht öffnen, die erste davon aus diesem Grund: Das Bild hat 20000 × 10000 Bildpunkte (200 Megapixel), und höchstens 100 Megapixel lassen sich öffnen. Mach es kleiner und versuch es nochmal.',
    'phone.heic und other.heic ließen sich nicht öffnen, die erste davon aus diesem Grund: Bilder im Format HEIC lassen sich hier nicht lesen. Speichere das Bild als PNG oder JPEG und versuch es nochmal.',
  ]);
});

it('a picture that was being read for the model before is given to the one that is opened meanwhile', async () => {
  const given: string[] = [];
  let read = (_: ImageInfo) => {};
  const { actions, store } = fakeApp({
    setImage(image) {
      given.push(image);
      if (given.length > 1) return Promise.resolve({ image, width: 4, height: 3 });
      return new Promise((resolve) => {
        read = resolve;
      });
    },
  });
  const adding = actions.addImages([new Blob(['picture'])]);
  await vi.waitUntil(() => given.length === 1);
  const opening = actions.use('stored:other');
  read({ image: given[0] ?? '', width: 4, height: 3 });
  await adding;
  await opening;
  actions.ask({ mode: 'describe' });
  await vi.waitUntil(() => store.getState().running === null);
  expect(given.filter((image) => image === store.getState().current).length).toBeGreaterThan(1);
});

it('holds the bytes of a file, which may be moved or changed before the model is given them again', async () => {
  const given: Blob[] = [];
  const { actions, store } = fakeApp({
    async setImage(image, blob) {
      given.push(blob);
      return { image, width: 4, height: 3 };
    },
  });
  await actions.addImages([new File(['picture'], 'mine.png', { type: 'image/png' })]);
  const added = store.getState().images.at(-1);
  expect(added).toMatchObject({ name: 'mine.png', blob: given[0] });
  expect(added?.blob).not.toBeInstanceOf(File);
  expect(added?.blob?.type).toBe('image/png');
  expect(await added?.blob?.text()).toBe('picture');
});

it('tells of a file that cannot be read any more by name', async () => {
  const { actions, store } = fakeApp();
  const gone = new File(['picture'], 'mine.png');
  gone.arrayBuffer = () => Promise.reject(new DOMException('It is gone', 'NotFoundError'));
  await actions.addImages([gone]);
  const [notice] = store.getState().notices;
  expect(notice?.error.message).toMatch(/^“mine.png” could not be read \(It is gone\)\. /);
  expect(notice && sentence(notice.error)).toMatch(/^„mine.png“ ließ sich nicht lesen \(It is gone\)\. /);
  expect(store.getState()).toMatchObject({ opening: 0, images: { length: 2 } });
});

it('tells what went wrong again in the place of the same words, and after what else was told', async () => {
  const { actions, store } = fakeApp();
  const told = () => store.getState().notices.map(({ id, error }) => [id, error.message]);
  actions.tell(new AppError('IMAGE_NOT_AN_IMAGE', 'No picture.'));
  actions.tell(new AppError('STORAGE_FULL', 'No room.'));
  const [first, second] = told();
  actions.tell(new AppError('IMAGE_NOT_AN_IMAGE', 'No picture.'));
  expect(told()).toEqual([second, [expect.any(String), 'No picture.']]);
  expect(told()[1]).not.toEqual(first);
});
