import { afterAll, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { type Corners, showStage } from './show-stage.tsx';

await page.viewport(1280, 800);
const random = mulberry32(3);
const boxes = Array.from({ length: 200 }, (): Corners => {
  const [width, height] = [0.03 + random() * 0.2, 0.03 + random() * 0.2];
  const [x, y] = [random() * (1 - width), random() * (1 - height)];
  return [x, y, x + width, y + height];
});
const shown = await showStage({ width: 4000, height: 3000 }, boxes, { width: 1280, height: 800 });
afterAll(() => shown.close());

const frame = () => new Promise(requestAnimationFrame);

it('pans 200 boxes on a 12-megapixel picture in at most 8 ms a frame, rendering nothing anew', async () => {
  const { stage } = shown;
  // Pointer capture needs a real pointer.
  stage.setPointerCapture = () => {};
  for (let step = 0; step < 3; step++) stage.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
  await new Promise((settle) => setTimeout(settle, 400));

  const pointer = (type: string, step: number) =>
    stage.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        pointerType: 'mouse',
        button: type === 'pointerdown' ? 1 : -1,
        clientX: 640 + 70 * Math.sin(step / 9),
        clientY: 400 + 50 * Math.sin(step / 7),
      }),
    );
  const picture = stage.querySelector('.picture');
  const start = picture?.getBoundingClientRect();
  pointer('pointerdown', 0);
  pointer('pointermove', 1);
  await frame();
  let rendered = 0;
  const list = stage.querySelector('.box-list');
  const observer = new MutationObserver((changes) => {
    rendered += changes.length;
  });
  if (list) observer.observe(list, { subtree: true, childList: true, attributes: true });
  const work: number[] = [];
  for (let step = 2; step < 62; step++) {
    await frame();
    const before = performance.now();
    pointer('pointermove', step);
    // Style and layout of the frame, at once.
    picture?.getBoundingClientRect();
    work.push(performance.now() - before);
  }
  expect(picture?.getBoundingClientRect().x).not.toBe(start?.x);
  pointer('pointerup', 62);
  observer.disconnect();
  expect(rendered).toBe(0);
  const median = work.toSorted((a, b) => a - b)[work.length / 2];
  expect(median).toBeLessThanOrEqual(8);
});
