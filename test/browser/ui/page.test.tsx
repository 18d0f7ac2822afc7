import { afterAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { iou, unitBox } from '../../../src/kosmos2/box.ts';
import { begun, pressEnter, showPage } from './show-page.tsx';

/** Objects of scene-01 as test/fixtures/demo-scenes/scenes.jsonl has them. */
const TRUTH: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'a bike': [0.07969, 0.11875, 0.4125, 0.45156],
  'a castle': [0.22031, 0.70625, 0.39219, 0.93594],
  'a flower': [0.40469, 0.43594, 0.56563, 0.76875],
  'a turtle': [0.58437, 0.31406, 0.88594, 0.55781],
};

await page.viewport(1280, 800);
let letLoad = () => {};
const held = new Promise<void>((resolve) => {
  letLoad = resolve;
});
const shown = showPage({ held });
afterAll(() => shown.close());

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const last = (selector: string) => {
  const element = all(selector).at(-1);
  if (!element) throw new Error(`nothing is ${selector}`);
  return element;
};
const field = () => last('#composer-field') as HTMLTextAreaElement;
const mode = (word: string) => userEvent.click(last(`input[value=${word}]`));
const status = () => last('.turn').dataset.status;
const over = async (turns: number) => {
  await vi.waitFor(
    () => {
      expect(all('.turn')).toHaveLength(turns);
      expect(status()).toMatch(/done|failed/);
    },
    { timeout: 120_000, interval: 20 },
  );
};

/** Where a box of the list lies in the window, in CSS pixels. */
const boxRect = (number: number) => last(`.box-list li[data-entity="${number}"] button`).getBoundingClientRect();

/** The canvas's colour at a point of the window; opaque black where it is empty. */
function pixelAt(x: number, y: number): readonly number[] {
  const canvas = last('.stage-canvas canvas') as HTMLCanvasElement;
  const { left, top } = canvas.getBoundingClientRect();
  const scale = canvas.width / canvas.clientWidth;
  const data = canvas.getContext('2d')?.getImageData((x - left) * scale, (y - top) * scale, 1, 1).data;
  return [...(data ?? [])];
}

/** A point on the line of a box: the middle of its lower edge. */
function linePixel(number: number): readonly number[] {
  const { left, bottom, width } = boxRect(number);
  return pixelAt(left + width / 2, bottom);
}

const channels = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** Has the pointer over the middle of a box of the canvas. */
async function pointAtBox(number: number): Promise<void> {
  const stage = last('.stage');
  const { left, top } = stage.getBoundingClientRect();
  const box = boxRect(number);
  const position = { x: box.left + box.width / 2 - left, y: box.top + box.height / 2 - top };
  await userEvent.hover(stage, { position });
}

describe('the page with the demo model', () => {
  it('has the picture in place before the model is there, and never moves it', async () => {
    const picture = last('.picture') as HTMLImageElement;
    await picture.decode();
    expect(document.documentElement.dataset.engine).toBe('loading');
    const before = picture.getBoundingClientRect();
    letLoad();
    await over(1);
    expect(document.documentElement.dataset).toMatchObject({ engine: 'ready', backend: 'wasm' });
    expect(picture.getBoundingClientRect()).toEqual(before);
  });

  it('writes the caption of the sample by itself, its phrases on the right things', () => {
    expect(last('.answer').textContent).toMatch(/^An image of/);
    const phrases = all('.phrase');
    expect(phrases.length).toBeGreaterThanOrEqual(3);
    for (const phrase of phrases) {
      const truth = TRUTH[phrase.firstChild?.textContent ?? ''];
      const box = last(`.box-list li[data-entity="${phrase.dataset.entity}"]`).dataset.box?.split(',').map(Number);
      if (!truth || !box) throw new Error(`no place for ${phrase.textContent}`);
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
      expect(iou(unitBox(...truth), unitBox(x1, y1, x2, y2)), phrase.textContent ?? '').toBeGreaterThan(0.4);
    }
  });

  it('draws each box on the canvas in the colour of its phrase', async () => {
    for (const phrase of all('.phrase')) {
      const number = Number(phrase.dataset.entity);
      // Boxes fade in.
      const colour = [...channels(getComputedStyle(phrase).color), 255];
      await vi.waitFor(() => expect(linePixel(number)).toEqual(colour), 10_000);
    }
  });

  it('steps the other boxes back while a phrase is pointed at', async () => {
    await userEvent.hover(last('.phrase[data-entity="1"]'));
    await vi.waitFor(() => expect(linePixel(2)[3]).toBeLessThan(130));
    expect(linePixel(1)[3]).toBe(255);
    await userEvent.hover(last('.brand'));
    await vi.waitFor(() => expect(linePixel(2)[3]).toBe(255));
  });

  it('lights the phrase of a box that is pointed at', async () => {
    await pointAtBox(2);
    await vi.waitFor(() => expect(last('.phrase[data-entity="2"]').dataset.lit).toBe('true'));
    expect(last('.phrase[data-entity="1"]').dataset.lit).toBeUndefined();
  });

  it('reaches the boxes by keyboard, asks about one, and gives the focus back on Escape', async () => {
    last('.box-list button[tabindex="0"]').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^2 /);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toMatch(/^What is this/));
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^2 /));
    await userEvent.keyboard('{Enter}w');
    await over(2);
    const answer = last('.answer').textContent ?? '';
    expect(answer).toMatch(/^It2 is .*castle/);
    expect(all('.box-actions')).toHaveLength(0);
  });

  it('puts a box into a question and its number into what was asked', async () => {
    last('.box-list li[data-entity="1"] button').click();
    await userEvent.keyboard('a');
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard('What is it?{Enter}');
    await over(3);
    expect(last('.question').textContent).toBe('AskWhat is region 1?');
    expect(last('.answer').textContent).toMatch(/bike/i);
  });

  it('finds a phrase and gives the thing the number it already has', async () => {
    await mode('find');
    await userEvent.click(field());
    await userEvent.keyboard('a turtle{Enter}');
    await over(4);
    const [turtle] = all('.turn')[0]?.querySelectorAll<HTMLElement>('.phrase[data-entity="4"]') ?? [];
    expect(turtle?.textContent).toBe('a turtle4');
    expect(last('.answer .phrase').textContent).toBe('a turtle4');
  });

  it('sends nothing on Enter while a character is being composed, nor without words', async () => {
    await userEvent.fill(field(), 'a cast');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(field().value).toBe('a cast');
    await userEvent.clear(field());
    await userEvent.keyboard('{Enter}');
    expect(all('.turn')).toHaveLength(4);
    await vi.waitFor(() => expect(last('.hint').textContent).toBe('Write what to find first.'));
    await userEvent.keyboard('a bike{Shift>}{Enter}{/Shift}');
    expect(field().value).toBe('a bike\n');
    await userEvent.clear(field());
    await userEvent.keyboard('{ArrowUp}');
    expect(field().value).toBe('a turtle');
    await userEvent.clear(field());
  });

  it('stops at once for the person, and answers the next question all the same', async () => {
    await mode('detail');
    const writing = begun(shown.app);
    pressEnter(field());
    await writing;
    await vi.waitFor(() => expect(last('.send').textContent).toBe('Stop'), { interval: 1 });
    expect(document.documentElement.dataset.engine).toBe('busy');
    shown.app.actions.stop();
    await vi.waitFor(() => expect(status()).toBe('stopped'), { interval: 1 });
    expect(document.documentElement.dataset.engine).toBe('ready');
    const written = last('.answer').textContent;
    await userEvent.keyboard('{Enter}');
    await over(6);
    expect(all('.answer').at(-2)?.textContent).toBe(written);
  });

  it('answers a prompt that is too long or not allowed with its sentence', async () => {
    await mode('find');
    await userEvent.fill(field(), 'x'.repeat(10_000));
    await userEvent.keyboard('{Enter}');
    await over(7);
    expect(last('.failure').textContent).toMatch(/tokens/);
    const { placeholder } = field();
    shown.app.actions.edit({ mode: 'expert' });
    // The field is looked up by its placeholder, which must have changed by then.
    await vi.waitFor(() => expect(field().placeholder).not.toBe(placeholder));
    await userEvent.fill(field(), 'An image of </s>');
    await userEvent.keyboard('{Enter}');
    await over(8);
    expect(last('.failure').textContent).toMatch(/<\/s>/);
  });

  it('tells a file that is no picture and keeps the one on the stage', async () => {
    const { src } = last('.picture') as HTMLImageElement;
    await shown.app.actions.addImages([new Blob(['no picture'], { type: 'image/png' }), new Blob([])]);
    await vi.waitFor(() => expect(all('.notice')).toHaveLength(1));
    expect(last('.notice').textContent).toMatch(/^2 files could not be opened: /);
    expect((last('.picture') as HTMLImageElement).src).toBe(src);
    last('.notice button').click();
    await vi.waitFor(() => expect(all('.notice')).toHaveLength(0));
  });

  it('says of an own picture what the model cannot do before it is asked, and keeps conversations apart', async () => {
    const scene = await (await fetch('/samples/two-pigs.png')).blob();
    await shown.app.actions.addImages([scene]);
    await vi.waitFor(() => expect(last('.conversation').textContent).toMatch(/never shown photos/));
    expect(all('.turn')).toHaveLength(0);
    await mode('describe');
    field().focus();
    await userEvent.keyboard('{Enter}');
    await over(1);
    expect(last('.answer').textContent).toMatch(/pig/);
    last('.thumb').click();
    all('.thumb')[0]?.click();
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(8));
  });

  it('answers all the same when the worker dies in mid-answer', async () => {
    await mode('detail');
    const writing = begun(shown.app);
    pressEnter(field());
    await writing;
    shown.crash();
    await over(9);
    expect(status()).toBe('done');
    expect(all('.turn')).toHaveLength(9);
    expect(last('.answer').textContent).toMatch(/bike/);
  });
});
