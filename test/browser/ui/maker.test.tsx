import '../../../src/ui/styles/page.css';
import { createRoot } from 'react-dom/client';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import { boxOf, PICTURE, type Scene, type Thing } from '../../../src/scenes/scene.ts';
import { MOST_THINGS, type SceneTruth } from '../../../src/scenes/truth.ts';
import { type PageImage, sampleImage } from '../../../src/state/page-image.ts';
import { createApp } from '../../../src/state/store.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { begunStore } from '../../../src/ui/common/begun-store.ts';
import { Dialogs } from '../../../src/ui/dialogs/Dialogs.tsx';
import { change, makerStore } from '../../../src/ui/maker/maker-store.ts';

await page.viewport(1280, 800);
const engine = createEngineClient(() => {
  throw new Error('The maker asks no model.');
});
const samples = [sampleImage('Bike', '/samples/bike-turtle.png', 853, 640)] as const;
const app = createApp(engine, { samples, modelUrl: location.href, backend: 'wasm' });
const root = createRoot(document.body.appendChild(document.createElement('div')));
root.render(
  <AppProvider value={app}>
    <Dialogs />
  </AppProvider>,
);
afterAll(() => {
  root.unmount();
  app.close();
});

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string) => {
  const [element] = all(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  return element;
};
const button = (name: string) => page.getByRole('button', { name, exact: true });
const scene = () => makerStore.getState().scene;
const first = (): Thing => scene().things[0] as Thing;
const thing = (id: number, kind: Thing['kind'], x: number, y: number, size = 0.3): Thing => ({
  ...{ id, kind, x, y, size },
  flipped: false,
});

/** Begins with this scene and nothing to take back. */
async function begin(things: readonly Thing[], background = 'blue'): Promise<void> {
  makerStore.setState({ scene: { background, things }, selected: null, before: [], after: [], gesture: null });
  await vi.waitFor(() => expect(all('.scene-thing')).toHaveLength(things.length));
  // Real pointers can be captured, those of a test not.
  one('.scene').setPointerCapture = () => {};
}

/** Drags from an element to a place in 0..1 of the scene, in steps. */
function drag(from: HTMLElement, x: number, y: number, pointerType: 'mouse' | 'touch' = 'mouse'): void {
  const area = one('.scene').getBoundingClientRect();
  const { left, top, width, height } = from.getBoundingClientRect();
  const start = { x: left + width / 2, y: top + height / 2 };
  const end = { x: area.left + x * area.width, y: area.top + y * area.height };
  const fire = (type: string, at: typeof start) =>
    from.dispatchEvent(
      new PointerEvent(type, {
        ...{ bubbles: true, cancelable: true, pointerId: 7, pointerType, button: type === 'pointermove' ? -1 : 0 },
        ...{ clientX: at.x, clientY: at.y },
      }),
    );
  from.setPointerCapture = () => {};
  fire('pointerdown', start);
  for (const part of [0.3, 0.7, 1]) {
    fire('pointermove', { x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y) });
  }
  fire('pointerup', end);
}

describe('the maker', () => {
  it('says so when the things cannot be fetched, and fetches them again', async () => {
    const decode = vi.spyOn(HTMLImageElement.prototype, 'decode').mockRejectedValueOnce(new Error('offline'));
    app.actions.openDialog({ kind: 'maker' });
    await vi.waitFor(() => expect(one('.maker-waits').textContent).toMatch(/could not be fetched.*again/));
    decode.mockRestore();
    await userEvent.click(button('Try again'));
    await vi.waitFor(() => expect(all('.scene')).toHaveLength(1));
  });

  it('begins with a scene, and Shuffle makes another that Undo takes back as it was', async () => {
    const before: Scene = scene();
    expect(before.things.length).toBeGreaterThan(0);
    await userEvent.click(button('Shuffle'));
    expect(scene()).not.toEqual(before);
    await userEvent.click(button('Undo'));
    expect(scene()).toBe(before);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(scene()).not.toBe(before);
  });

  it('keeps its scene when it is closed', async () => {
    const before = scene();
    app.actions.closeDialog();
    await vi.waitFor(() => expect(all('.scene')).toHaveLength(0));
    app.actions.openDialog({ kind: 'maker' });
    await vi.waitFor(() => expect(all('.scene-thing')).toHaveLength(before.things.length));
    expect(scene()).toBe(before);
  });
});

describe('a thing', () => {
  beforeEach(() => begin([thing(1, 'dog', 0.3, 0.3), thing(2, 'bus', 0.7, 0.7)]));

  it.each(['mouse', 'touch'] as const)('follows a %s, and one drag is one step back', async (pointerType) => {
    drag(one('[data-thing="1"]'), 0.5, 0.4, pointerType);
    expect(first().x).toBeCloseTo(0.5, 2);
    expect(first().y).toBeCloseTo(0.4, 2);
    expect(makerStore.getState().selected).toBe(1);
    expect(document.activeElement).toBe(one('button[data-thing="1"]'));
    await userEvent.click(button('Undo'));
    expect(first()).toMatchObject({ x: 0.3, y: 0.3 });
  });

  it('stays inside the picture however far it is dragged', () => {
    drag(one('[data-thing="1"]'), 1.5, -0.7);
    const [, y1, x2] = boxOf(first());
    expect(x2).toBeCloseTo(1, 6);
    expect(y1).toBeCloseTo(0, 6);
  });

  it('grows about its centre by a corner, and by the slider', async () => {
    makerStore.setState({ selected: 1 });
    await vi.waitFor(() => expect(all('[data-handle]')).toHaveLength(4));
    const [, , x2, y2] = boxOf(first());
    drag(one('[data-handle="se"]'), 0.3 + 1.5 * (x2 - 0.3), 0.3 + 1.5 * (y2 - 0.3));
    expect(first().size).toBeGreaterThan(0.43);
    expect(first().size).toBeLessThan(0.47);
    expect(first()).toMatchObject({ x: expect.closeTo(0.3, 6), y: expect.closeTo(0.3, 6) });
    await page.getByRole('slider', { name: 'Size' }).fill('0.2');
    expect(first().size).toBeCloseTo(0.2, 6);
  });

  it.each([0.05, 0.12, 0.2])(
    'of size %s is moved by a press anywhere on it, also under the largest handles',
    async (size) => {
      await begin([thing(1, 'mouse', 0.5, 0.5, size)]);
      makerStore.setState({ selected: 1 });
      await vi.waitFor(() => expect(all('[data-handle]')).toHaveLength(4));
      for (const handle of all('[data-handle]')) handle.style.setProperty('--reach', '34px');
      const { left, top, width, height } = one('.scene-thing').getBoundingClientRect();
      for (const [x, y] of [
        [0.5, 0.5],
        [0.3, 0.3],
        [0.7, 0.3],
        [0.3, 0.7],
        [0.7, 0.7],
      ] as const) {
        const pressed = document.elementFromPoint(left + x * width, top + y * height);
        expect(pressed?.closest('[data-handle]'), `${x}, ${y}`).toBeNull();
        expect(pressed?.closest('[data-thing]')).toBe(one('.scene-thing'));
      }
      const corner = one('[data-handle="se"]').getBoundingClientRect();
      const held = document.elementFromPoint(corner.left + corner.width / 2, corner.top + corner.height / 2);
      expect(held?.closest('[data-handle]')).toBe(one('[data-handle="se"]'));
    },
  );

  it('at an edge has handles that make nothing scroll sideways', async () => {
    await page.viewport(360, 640);
    await begin([thing(1, 'mouse', 0.97, 0.97, 0.05)]);
    makerStore.setState({ selected: 1 });
    await vi.waitFor(() => expect(all('[data-handle]')).toHaveLength(4));
    for (const handle of all('[data-handle]')) handle.style.setProperty('--reach', '34px');
    const content = one('.dialog-content');
    expect(content.scrollWidth).toBeLessThanOrEqual(content.clientWidth);
    await page.viewport(1280, 800);
  });

  it('is moved, sized, flipped, restacked and deleted by keys alone, the focus with it', async () => {
    one('button[data-thing="1"]').focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{/Shift}+f');
    expect(first()).toMatchObject({ x: expect.closeTo(0.32, 6), y: expect.closeTo(0.35, 6), flipped: true });
    expect(first().size).toBeCloseTo(0.32, 6);
    await userEvent.keyboard('{PageUp}');
    await vi.waitFor(() => expect(document.activeElement).toBe(one('button[data-thing="1"]')));
    expect(scene().things.map(({ id }) => id)).toEqual([2, 1]);
    await userEvent.keyboard('{Delete}');
    expect(scene().things.map(({ id }) => id)).toEqual([2]);
    await vi.waitFor(() => expect(document.activeElement).toBe(one('button[data-thing="2"]')));
    await userEvent.keyboard('{Control>}zz{/Control}');
    expect(scene().things.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('takes a key held down back as one step, and each press as one', async () => {
    one('button[data-thing="1"]').focus();
    const press = (repeat: boolean) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', repeat, bubbles: true }));
    for (const repeat of [false, true, true, false, true]) {
      press(repeat);
      await new Promise(requestAnimationFrame);
    }
    expect(first().x).toBeCloseTo(0.25, 6);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(first().x).toBeCloseTo(0.27, 6);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(first().x).toBeCloseTo(0.3, 6);
  });

  it('says what it is and where', () => {
    expect(all('.scene-thing').map((element) => element.getAttribute('aria-label'))).toEqual([
      'dog, on the left, at the top',
      'bus, on the right, at the bottom',
    ]);
  });
});

it('takes one background back at a time', async () => {
  await begin([thing(1, 'dog', 0.3, 0.3)], 'yellow');
  for (const name of ['Red', 'Blue']) await userEvent.click(page.getByRole('radio', { name, exact: true }));
  expect(scene().background).toBe('blue');
  await userEvent.click(button('Undo'));
  expect(scene().background).toBe('red');
  await userEvent.click(button('Undo'));
  expect(scene().background).toBe('yellow');
});

describe('the palette', () => {
  it('adds a thing where there is room, or where a mouse drops it', async () => {
    await begin([thing(1, 'dog', 0.3, 0.3)]);
    await userEvent.click(button('Add bus'));
    await userEvent.click(button('Add fish'));
    expect(scene().things.map(({ kind }) => kind)).toEqual(['dog', 'bus', 'fish']);
    drag(one('.tile[aria-label="Add cat"]'), 0.5, 0.8);
    expect(scene().things.at(-1)).toMatchObject({ kind: 'cat', x: expect.closeTo(0.5, 2) });
    const pig = one('.tile[aria-label="Add pig"]');
    drag(pig, 1.02, 0.5);
    pig.click();
    expect(scene().things).toHaveLength(4);
    await userEvent.click(button('Undo'));
    expect(scene().things).toHaveLength(3);
  });

  it('says when the scene is full, and when it is beyond what the model was taught', async () => {
    await begin([]);
    expect(one('.scene-empty').textContent).toMatch(/Shuffle/);
    await expect.element(button('Use this scene')).toBeDisabled();
    const star = one('.tile[aria-label="Add star"]');
    for (let added = 0; added < 11; added++) star.click();
    await vi.waitFor(() => expect(one('.maker-end .help').textContent).toMatch(/one to ten/));
    for (let added = 0; added < 3; added++) star.click();
    expect(scene().things).toHaveLength(MOST_THINGS);
    await vi.waitFor(() => expect(one('.maker-end .help').textContent).toMatch(/Twelve/));
  });

  it('finds kinds by their name, walks by arrows, and says when there is none', async () => {
    await begin([]);
    const search = page.getByRole('searchbox', { name: 'Find a thing' });
    await search.fill('car');
    await vi.waitFor(() => expect(all('.tile').length).toBeLessThan(10));
    await userEvent.tab();
    const names = () => document.activeElement?.getAttribute('aria-label');
    expect(names()).toBe('Add carrot');
    await userEvent.keyboard('{ArrowRight}');
    expect(names()).toBe('Add car');
    await userEvent.keyboard('{Enter}');
    expect(scene().things.map(({ kind }) => kind)).toEqual(['car']);
    await search.fill('okapi');
    await vi.waitFor(() => expect(one('.palette').textContent).toMatch(/knows no 'okapi'/));
    await search.fill('');
  });
});

it('says why a scene could not be drawn, and what to do about it', async () => {
  await begin([thing(1, 'bear', 0.5, 0.5)]);
  const noise = new ImageData(4, 1);
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const invented = vi.spyOn(prototype, 'getImageData').mockReturnValue(noise);
  await userEvent.click(button('Use this scene'));
  await expect.element(page.getByText(/invented pixels.*Allow this site/)).toBeVisible();
  invented.mockRestore();
  expect(app.store.getState().dialog).not.toBeNull();
});

it('has its scene to lose as long as no picture came of it', async () => {
  const add = vi.spyOn(app.actions, 'addScene').mockResolvedValue(false);
  await begin([thing(1, 'dog', 0.25, 0.3)]);
  change(1, { flipped: true });
  await userEvent.click(button('Use this scene'));
  await vi.waitFor(() => expect(app.store.getState().dialog).toBeNull());
  await vi.waitFor(() => expect(add).toHaveBeenCalled());
  await Promise.resolve();
  expect(begunStore.getState()).toEqual(new Set(['scene']));
  add.mockRestore();
  app.actions.openDialog({ kind: 'maker' });
  await vi.waitFor(() => expect(all('.scene')).toHaveLength(1));
});

it('gives no two pictures one name, whatever was removed between them', async () => {
  const add = vi.spyOn(app.actions, 'addScene').mockResolvedValue(true);
  const { images } = app.store.getState();
  const truth: SceneTruth = { background: 'red', things: [] };
  app.store.setState({ images: [...images, { ...(images[0] as PageImage), id: 'second', name: 'Scene 2', truth }] });
  await begin([thing(1, 'dog', 0.25, 0.3)]);
  await userEvent.click(button('Use this scene'));
  await vi.waitFor(() => expect(add).toHaveBeenCalled());
  expect(add.mock.calls[0]?.[0].name).toBe('Scene 3');
  app.store.setState({ images });
  add.mockRestore();
  app.actions.openDialog({ kind: 'maker' });
  await vi.waitFor(() => expect(all('.scene')).toHaveLength(1));
});

it('gives the page a picture on which every thing lies where its truth says', async () => {
  const add = vi.spyOn(app.actions, 'addScene').mockResolvedValue(true);
  await begin([thing(1, 'dog', 0.25, 0.3), thing(2, 'train', 0.7, 0.6, 0.4)]);
  change(2, { flipped: true });
  expect(begunStore.getState()).toEqual(new Set(['scene']));
  await userEvent.click(button('Use this scene'));
  await vi.waitFor(() => expect(add).toHaveBeenCalled());
  expect(begunStore.getState()).toEqual(new Set());
  const [picture, truth] = add.mock.calls[0] as [File, SceneTruth];
  expect(app.store.getState().dialog).toBeNull();
  expect(picture).toMatchObject({ type: 'image/png', name: 'Scene 1' });
  expect(truth.background).toBe('blue');
  const { width, height } = PICTURE;
  const pen = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  const bitmap = await createImageBitmap(picture);
  expect([bitmap.width, bitmap.height]).toEqual([width, height]);
  pen.drawImage(bitmap, 0, 0);
  for (const { box } of truth.things) {
    const [x1, y1, x2, y2] = box;
    const around = { left: Math.floor(x1 * width) - 20, top: Math.floor(y1 * height) - 20 };
    const size = { width: Math.ceil((x2 - x1) * width) + 40, height: Math.ceil((y2 - y1) * height) + 40 };
    const found = extent(pen.getImageData(around.left, around.top, size.width, size.height), [60, 110, 215]);
    expect(found[0] + around.left).toBeCloseTo(x1 * width, -1);
    expect(found[1] + around.top).toBeCloseTo(y1 * height, -1);
    expect(found[2] + around.left).toBeCloseTo(x2 * width, -1);
    expect(found[3] + around.top).toBeCloseTo(y2 * height, -1);
  }
});

/** Where a picture is not of this colour: left, top, right and bottom in pixels. */
function extent({ data, width, height }: ImageData, colour: readonly number[]): [number, number, number, number] {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < width * height; at++) {
    const differs = colour.some((value, channel) => Math.abs((data[4 * at + channel] ?? 0) - value) > 24);
    if (!differs) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return [left, top, right, bottom];
}
