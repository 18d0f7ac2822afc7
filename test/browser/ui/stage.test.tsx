import { Stage } from 'konva/lib/Stage.js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { overlap } from '../../../src/ui/stage/rect.ts';
import { key, pointerOn, press } from './pointer-on.ts';
import { type Corners, showStage } from './show-stage.tsx';

await page.viewport(1280, 800);

it('says so where no canvas can be made, and makes it when asked again', async () => {
  vi.spyOn(Stage.prototype, 'add').mockImplementationOnce(() => {
    throw new Error('no canvas');
  });
  const showing = showStage({ width: 800, height: 600 }, [[0.1, 0.1, 0.5, 0.5]]);
  const failed = await vi.waitFor(() => {
    const found = document.querySelector('.part-failed');
    if (!found) throw new Error('not yet');
    return found;
  });
  expect(failed.textContent).toContain('no canvas');
  failed.querySelector('button')?.click();
  const { stage, close } = await showing;
  expect(stage.querySelector('.part-failed')).toBeNull();
  close();
});

describe('the stage', async () => {
  const nested: readonly Corners[] = [
    [0.1, 0.1, 0.9, 0.9],
    [0.4, 0.4, 0.6, 0.6],
    [0.2, 0.2, 0.7, 0.7],
  ];
  const { app, stage, close } = await showStage({ width: 800, height: 600 }, nested);
  afterAll(close);
  const { actions, store } = app;
  const regions = () => store.getState().draft.regions;
  const pointer = pointerOn(stage);
  const picture = () => stage.querySelector('.picture')?.getBoundingClientRect() ?? new DOMRect();

  it('picks the smallest box on top, and at the same point every other one in turns', () => {
    const picked = [0, 1, 2, 3].map(() => {
      pointer.click([0.5, 0.5]);
      return store.getState().selected?.number;
    });
    expect(picked).toEqual([2, 3, 1, 2]);
    actions.select(null);
  });

  it('keeps the point under the pointer when the wheel zooms, and moves boxes with the picture', async () => {
    const before = picture();
    // A wheel tells whole pixels.
    const at = {
      clientX: Math.round(before.x + before.width * 0.3),
      clientY: Math.round(before.y + before.height * 0.7),
    };
    const [u, v] = [(at.clientX - before.x) / before.width, (at.clientY - before.y) / before.height];
    stage.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -400, bubbles: true, cancelable: true }));
    const after = picture();
    expect(after.width).toBeGreaterThan(before.width * 1.5);
    expect((at.clientX - after.x) / after.width).toBeCloseTo(u, 3);
    expect((at.clientY - after.y) / after.height).toBeCloseTo(v, 3);
    const box = stage.querySelector('.box-list li button')?.getBoundingClientRect() ?? new DOMRect();
    expect((box.x - after.x) / after.width).toBeCloseTo(0.1, 2);
    key(stage, '0');
    expect(picture()).toEqual(before);
  });

  it('zooms the picture at the pointer, not the page, where Safari tells of a pinch on a trackpad, and leaves fingers to pointers', () => {
    const before = picture();
    const at = { clientX: before.x + before.width * 0.3, clientY: before.y + before.height * 0.7 };
    const gesture = (type: string, scale: number) => {
      const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { ...at, scale });
      stage.dispatchEvent(event);
      return event.defaultPrevented;
    };
    for (const scale of [1, 1.5, 2]) expect(gesture(scale === 1 ? 'gesturestart' : 'gesturechange', scale)).toBe(true);
    const after = picture();
    expect(after.width).toBeCloseTo(2 * before.width, 0);
    expect((at.clientX - after.x) / after.width).toBeCloseTo(0.3, 3);
    expect((at.clientY - after.y) / after.height).toBeCloseTo(0.7, 3);
    expect(gesture('gesturestart', 1)).toBe(true);
    expect(gesture('gesturechange', 0.75)).toBe(true);
    expect(picture().width).toBeCloseTo(1.5 * before.width, 0);
    const touches = [new Touch({ identifier: 1, target: stage, ...at })];
    stage.dispatchEvent(new TouchEvent('touchstart', { touches }));
    expect(gesture('gesturechange', 2)).toBe(false);
    stage.dispatchEvent(new TouchEvent('touchend', { touches: [] }));
    expect(picture().width).toBeCloseTo(1.5 * before.width, 0);
    key(stage, '0');
    expect(picture()).toEqual(before);
  });

  it('keeps the tools free of what is asked about a box where boxes crowd', async () => {
    const crowded = await showStage({ width: 800, height: 600 }, [
      [0.02, 0.02, 0.12, 0.12],
      [0.12, 0, 1, 1],
      [0, 0.14, 0.12, 1],
    ]);
    const [mark] = crowded.app.store.getState().images[0]?.boxes ?? [];
    if (mark) crowded.app.actions.select(mark);
    const panel = await vi.waitFor(() => {
      const found = crowded.stage.querySelector('.box-actions button');
      if (!found) throw new Error('not yet');
      return found.closest('.box-actions')?.getBoundingClientRect() ?? new DOMRect();
    });
    const tools = crowded.stage.querySelector('.tools')?.getBoundingClientRect() ?? new DOMRect();
    expect(overlap(panel, tools)).toBe(0);
    crowded.close();
  });

  it('draws with a finger that rested, pans with one that did not once zoomed, and pinches with two', async () => {
    const finger = pointerOn(stage, 'touch');
    finger.fire('pointerdown', [0.2, 0.2]);
    await new Promise((rest) => setTimeout(rest, 450));
    finger.fire('pointermove', [0.5, 0.5]);
    finger.drop([0.5, 0.5]);
    expect(regions()).toHaveLength(1);
    actions.removeRegion(regions()[0]?.number ?? 0);
    const before = picture();
    finger.fire('pointerdown', [0.4, 0.5]);
    finger.fire('pointerdown', [0.6, 0.5], { pointerId: 2 });
    const { left, width, top, height } = before;
    const to = (x: number, pointerId: number) =>
      stage.dispatchEvent(
        new PointerEvent('pointermove', {
          ...press,
          pointerType: 'touch',
          pointerId,
          clientX: left + x * width,
          clientY: top + height / 2,
        }),
      );
    to(0.3, 1);
    to(0.7, 2);
    expect(picture().width).toBeCloseTo(2 * before.width, 0);
    finger.fire('pointerup', [0.3, 0.5]);
    finger.fire('pointerup', [0.7, 0.5], { pointerId: 2 });
    const zoomed = picture();
    finger.drag([0.5, 0.5], [0.55, 0.5]);
    finger.drop([0.55, 0.5]);
    expect(picture().x).toBeGreaterThan(zoomed.x + 10);
    expect(regions()).toHaveLength(0);
    key(stage, '0');
  });
});
