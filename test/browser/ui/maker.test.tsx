import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { boxOf, type Scene, type Thing } from '../../../src/scenes/scene.ts';
import { MOST_THINGS } from '../../../src/scenes/truth.ts';
import { makerStore } from '../../../src/ui/maker/maker-store.ts';
import { all, app, begin, button, drag, one, scene, thing } from './show-maker.tsx';

const first = (): Thing => scene().things[0] as Thing;

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
