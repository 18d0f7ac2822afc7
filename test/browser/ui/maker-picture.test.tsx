import { beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { PICTURE } from '../../../src/scenes/scene.ts';
import type { SceneTruth } from '../../../src/scenes/truth.ts';
import type { PageImage } from '../../../src/state/page-image.ts';
import { begunStore } from '../../../src/ui/common/begun-store.ts';
import { change } from '../../../src/ui/maker/maker-store.ts';
import { app, begin, button, openMaker, thing } from './show-maker.tsx';

beforeEach(openMaker);

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
