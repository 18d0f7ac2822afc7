import { afterAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { key, pointerOn, press } from './pointer-on.ts';
import { showPage } from './show-page.tsx';
import { type Corners, showStage } from './show-stage.tsx';

await page.viewport(1280, 800);

/** How opaque what is painted over the picture is at a point of the window, in 0..255; undefined before anything is. */
function opacity(x: number, y: number): number | undefined {
  const canvas = document.querySelector<HTMLCanvasElement>('.stage-canvas canvas');
  const { left = 0, top = 0 } = canvas?.getBoundingClientRect() ?? {};
  const scale = canvas ? canvas.width / canvas.clientWidth : 1;
  return canvas?.getContext('2d')?.getImageData((x - left) * scale, (y - top) * scale, 1, 1).data[3];
}

describe('a region on the stage', async () => {
  const nested: readonly Corners[] = [
    [0.1, 0.1, 0.9, 0.9],
    [0.4, 0.4, 0.6, 0.6],
    [0.2, 0.2, 0.7, 0.7],
  ];
  const { app, stage, close } = await showStage({ width: 800, height: 600 }, nested);
  afterAll(close);
  const { actions, store } = app;
  const regions = () => store.getState().draft.regions;
  const patches = () => regions()[0]?.patches;
  const pointer = pointerOn(stage);

  it('snaps a drawn region to the grid and shows its two location tokens while it is drawn', async () => {
    pointer.drag([4.4 / 32, 3.6 / 32], [20.5 / 32, 9.5 / 32]);
    await vi.waitFor(() =>
      expect([...stage.querySelectorAll('.cell code')].map((token) => token.textContent)).toEqual([
        '<patch_index_0100>',
        '<patch_index_0308>',
      ]),
    );
    expect(regions()).toHaveLength(0);
    pointer.drop([20.5 / 32, 9.5 / 32]);
    expect(patches()).toEqual({ upperLeft: 100, lowerRight: 308 });
    expect(store.getState().picked).toBe(regions()[0]?.number);
    await vi.waitFor(() => expect(stage.querySelector('.cell')).toBeNull());
  });

  it('has the line of a region on the canvas, where no line runs over a label', async () => {
    const { right = 0, bottom = 0 } = stage.querySelector('[data-picked]')?.getBoundingClientRect() ?? {};
    await vi.waitFor(() => expect(opacity(right, bottom - 20)).toBe(255));
    expect(getComputedStyle(stage.querySelector('[data-picked]') ?? stage).borderStyle).toBe('none');
  });

  it('moves a region by arrow keys, resizes it with Shift, and removes it with Delete', async () => {
    await vi.waitFor(() => expect(stage.querySelector('[data-picked]')).not.toBeNull());
    key(stage, 'ArrowRight');
    key(stage, 'ArrowDown');
    await vi.waitFor(() => expect(patches()).toEqual({ upperLeft: 133, lowerRight: 341 }));
    await new Promise(requestAnimationFrame);
    key(stage, 'ArrowLeft', { shiftKey: true });
    expect(patches()).toEqual({ upperLeft: 133, lowerRight: 340 });
    await new Promise(requestAnimationFrame);
    key(stage, 'Delete');
    expect(regions()).toHaveLength(0);
  });

  it('puts a region into the middle of the picture by key', async () => {
    key(stage, 'r');
    const [x1, y1, x2, y2] = regions()[0]?.box ?? [0, 0, 0, 0];
    expect((x1 + x2) / 2).toBeCloseTo(0.5, 1);
    expect((y1 + y2) / 2).toBeCloseTo(0.5, 1);
    expect(x2 - x1).toBeGreaterThan(0.15);
    await new Promise(requestAnimationFrame);
    key(stage, 'Delete');
    expect(regions()).toHaveLength(0);
  });

  it('says what the keys made of a region to people who do not see it', async () => {
    const heard = (words: string) =>
      vi.waitFor(() => expect(stage.querySelector('p[role="status"]')?.textContent).toBe(words));
    actions.addRegion({ upperLeft: 133, lowerRight: 341 });
    await vi.waitFor(() => expect(stage.querySelector('[data-picked]')).not.toBeNull());
    await new Promise(requestAnimationFrame);
    key(stage, 'ArrowRight');
    await heard('Region 4, at the top: 20 to 70% across, 14 to 33% down');
    key(stage, 'ArrowUp', { shiftKey: true });
    await heard('Region 4, at the top: 20 to 70% across, 14 to 30% down');
    key(stage, 'Delete');
    await heard('Region 4 removed');
    key(stage, 'r');
    await heard('Region 4, in the centre: 36 to 64% across, 36 to 64% down');
    await new Promise(requestAnimationFrame);
    key(stage, 'Delete');
  });

  it('takes a region back to where it was when Escape breaks off its move', async () => {
    actions.addRegion({ upperLeft: 133, lowerRight: 341 });
    await vi.waitFor(() => expect(stage.querySelector('[data-handle=se]')).not.toBeNull());
    await new Promise(requestAnimationFrame);
    pointer.drag([8 / 32, 6 / 32], [18 / 32, 16 / 32]);
    expect(patches()).not.toEqual({ upperLeft: 133, lowerRight: 341 });
    key(stage, 'Escape');
    expect(patches()).toEqual({ upperLeft: 133, lowerRight: 341 });
    pointer.drop([18 / 32, 16 / 32]);
    actions.removeRegion(regions()[0]?.number ?? 0);
  });

  it('reshapes with a finger that rested on a handle', async () => {
    actions.addRegion({ upperLeft: 133, lowerRight: 341 });
    const handle = await vi.waitFor(() => {
      const found = stage.querySelector<HTMLElement>('[data-handle=se]');
      expect(found).not.toBeNull();
      return found as HTMLElement;
    });
    await new Promise(requestAnimationFrame);
    const { x, y, width, height } = handle.getBoundingClientRect();
    const at = { clientX: x + width / 2, clientY: y + height / 2 };
    const fire = (type: string, by: number) =>
      (type === 'pointerdown' ? handle : stage).dispatchEvent(
        new PointerEvent(type, { ...press, pointerType: 'touch', clientX: at.clientX + by, clientY: at.clientY + by }),
      );
    fire('pointerdown', 0);
    await new Promise((rest) => setTimeout(rest, 450));
    fire('pointermove', 60);
    fire('pointerup', 60);
    expect(regions()).toHaveLength(1);
    expect(patches()).toMatchObject({ upperLeft: 133 });
    expect(patches()).not.toEqual({ upperLeft: 133, lowerRight: 341 });
    actions.removeRegion(regions()[0]?.number ?? 0);
  });
});

describe('a region drawn around a thing', async () => {
  const shown = showPage();
  afterAll(() => shown.close());
  const { store } = shown.app;
  const turns = () => Object.values(store.getState().turns);
  const answered = async (count: number) => {
    await vi.waitFor(
      () => {
        expect(turns()).toHaveLength(count);
        expect(turns().at(-1)?.status).toMatch(/done|failed/);
      },
      { timeout: 120_000 },
    );
    return turns().at(-1);
  };

  it('reaches the model as its location tokens, and the answer names the thing', async () => {
    await answered(1);
    const stage = document.querySelector<HTMLElement>('.page .stage');
    if (!stage) throw new Error('no stage');
    const pointer = pointerOn(stage);
    pointer.drag([0.57, 0.3], [0.9, 0.58]);
    pointer.drop([0.9, 0.58]);
    const region = store.getState().draft.regions[0];
    await vi.waitFor(() => expect(document.querySelector('.box-actions button')).not.toBeNull());
    stage.focus();
    await userEvent.keyboard('w');
    const turn = await answered(2);
    const it = turn?.grounded?.entities[0];
    expect(it?.boxes[0]).toMatchObject(region?.patches ?? {});
    expect(turn?.grounded?.caption).toMatch(/turtle/);
    expect(store.getState().draft.regions).toHaveLength(0);
  });

  it('is looked at closer alone, and its boxes are where the thing is on the whole picture', async () => {
    const turtle = shown.app.store.getState().images[0]?.boxes.find(({ phrase }) => phrase === 'a turtle');
    if (!turtle) throw new Error('no turtle');
    shown.app.actions.lookCloser(turtle);
    const turn = await answered(3);
    const box = turn?.grounded?.entities.find(({ phrase }) => phrase === 'a turtle')?.boxes[0]?.box;
    expect(box?.[0]).toBeGreaterThan(0.5);
    expect(box?.[3]).toBeLessThan(0.65);
    await vi.waitFor(() => expect(document.querySelector('.turn:last-child .question')?.textContent).toMatch(/pixels/));
  });

  it('shows where the model saw the corners of a selected box, and no label over it', async () => {
    const mark = store.getState().images[0]?.boxes.find(({ phrase }) => phrase === 'a castle');
    if (!mark) throw new Error('no castle');
    shown.app.actions.select(mark);
    const toggle = await vi.waitFor(() => {
      const found = document.querySelector<HTMLButtonElement>('.heat-toggle');
      if (!found) throw new Error('not yet');
      return found;
    });
    toggle.click();
    const heat = await vi.waitFor(() => {
      const found = document.querySelector<HTMLCanvasElement>('.heat canvas');
      if (!found) throw new Error('not yet');
      return found;
    });
    const pixels = heat.getContext('2d')?.getImageData(0, 0, 32, 32).data ?? new Uint8ClampedArray();
    // The cell the model chose is the most probable one.
    expect(pixels[4 * mark.patches.upperLeft + 3]).toBe(255);
    const picture = document.querySelector('.picture')?.getBoundingClientRect() ?? new DOMRect();
    const [left, top] = [picture.x + mark.box[0] * picture.width, picture.y + mark.box[1] * picture.height];
    await vi.waitFor(() => expect([opacity(left + 30, top), opacity(left + 4, top - 10)]).toEqual([255, 0]));
  });
});
