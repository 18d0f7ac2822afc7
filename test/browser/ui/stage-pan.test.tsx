import { afterAll, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { manyCorners } from './many-corners.ts';
import { showStage } from './show-stage.tsx';

await page.viewport(1280, 800);
const shown = await showStage({ width: 4000, height: 3000 }, manyCorners(200), { width: 1280, height: 800 });
afterAll(() => shown.close());

const frame = () => new Promise(requestAnimationFrame);

it('pans 200 boxes on a 12-megapixel picture without rendering anything anew', async () => {
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
  const list = stage.querySelector('.box-list') as HTMLElement;
  const observer = new MutationObserver((changes) => {
    rendered += changes.length;
  });
  observer.observe(list, { subtree: true, childList: true, attributes: true });
  for (let step = 2; step < 62; step++) {
    await frame();
    pointer('pointermove', step);
  }
  expect(picture?.getBoundingClientRect().x).not.toBe(start?.x);
  pointer('pointerup', 62);
  observer.disconnect();
  expect(rendered).toBe(0);
});
