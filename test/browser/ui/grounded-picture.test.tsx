import type {} from '@vitest/browser-playwright';
import '../../../src/ui/embed/embed.css';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { GroundedPicture, type PlaceInAnswer } from '../../../src/react.ts';
import { BoxPainter, type PaintedScene } from '../../../src/ui/stage/box-painter.ts';
import { grounded } from '../../unit/state/grounded.ts';

const corners = (['a cat', 'a dog', 'a pig'] as const).map((phrase, index) => {
  const x = index / 3;
  return { phrase, boxes: [[x, 0.2, x + 0.25, 0.8] as const] };
});
const three = grounded('a cat a dog a pig', corners);
const two = grounded('a cat a dog', corners.slice(0, 2));
const nothing = grounded('An image', []);

const onSelect = vi.fn<(place: PlaceInAnswer | null) => void>();
const painted = vi.spyOn(BoxPainter.prototype, 'show');
let element: HTMLElement;
let root: ReturnType<typeof createRoot>;

beforeEach(async () => {
  element = document.body.appendChild(document.createElement('div'));
  element.style.width = '600px';
  root = createRoot(element);
  await show(three);
});

afterEach(() => {
  root.unmount();
  element.remove();
  onSelect.mockClear();
});

const frame = () => element.querySelector('.grounded-picture') as HTMLElement;
const emphases = () => (painted.mock.lastCall?.[0] as PaintedScene | undefined)?.marks.map(({ emphasis }) => emphasis);

async function show(answer: GroundedText | null, selected: PlaceInAnswer | null = null): Promise<void> {
  const picture = {
    src: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    width: 600,
    height: 400,
    alt: 'A drawn scene',
  };
  root.render(<GroundedPicture {...picture} grounded={answer} selected={selected} onSelect={onSelect} />);
  const boxes = answer?.entities.length ?? 0;
  await vi.waitFor(() => {
    expect(element.querySelectorAll('.box-list button')).toHaveLength(boxes);
    expect(emphases()).toHaveLength(boxes);
  });
}

/** Something a pointer does on the picture, by points in 0..1 of it. */
function point(type: string, [x, y]: readonly [number, number], more: PointerEventInit = {}): void {
  const { left, top, width, height } = frame().getBoundingClientRect();
  const at = { clientX: left + x * width, clientY: top + y * height };
  frame().dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'mouse', ...at, ...more }));
}

const pig = [0.8, 0.5] as const;

it('a box that was pointed at dims nothing in an answer that has no such box', async () => {
  point('pointermove', pig);
  await vi.waitFor(() => expect(frame().dataset.pointing).toBeDefined());
  expect(emphases()?.toSorted()).toEqual(['lifted', 'quiet', 'quiet']);
  await show(two);
  expect(emphases()).toEqual(['plain', 'plain']);
  expect(frame().dataset.pointing).toBeUndefined();
});

it('a box that the keyboard was on lifts none of the next answer, which begins without boxes', async () => {
  element.querySelector<HTMLElement>('.box-list button')?.focus();
  await vi.waitFor(() => expect(emphases()).toContain('lifted'));
  await show(nothing);
  await show(three);
  expect(emphases()).toEqual(['plain', 'plain', 'plain']);
  expect(frame().dataset.pointing).toBeUndefined();
});

it('a box is selected where a press begins and ends on the picture, and none where there is none', () => {
  point('pointerdown', pig);
  point('pointerup', pig);
  point('pointerdown', [0.5, 0.05]);
  point('pointerup', [0.5, 0.05]);
  expect(onSelect.mock.calls).toEqual([[{ entity: 2, box: 0 }], [null]]);
});

it('a place is one in the list of entities that is shown, whichever were left out of it', async () => {
  await show({ ...three, entities: three.entities.slice(1) }, { entity: 1, box: 0 });
  const stands = painted.mock.lastCall?.[0].marks.find(({ emphasis }) => emphasis === 'selected');
  expect(stands?.box).toEqual(three.entities[2]?.boxes[0]?.box);
  point('pointerdown', pig);
  point('pointerup', pig);
  expect(onSelect).toHaveBeenLastCalledWith({ entity: 1, box: 0 });
});

it.each([
  ['of another button', () => point('pointerdown', pig, { button: 2 }), { button: 2 }],
  ['that began elsewhere', () => {}, {}],
  ['that left the picture', () => ['pointerdown', 'pointerout'].map((type) => point(type, pig)), {}],
] as const)('a press %s selects nothing', (_, begin, end) => {
  begin();
  point('pointerup', pig, end);
  expect(onSelect).not.toHaveBeenCalled();
});

it('the boxes follow the colours that the page sets at its root element, as the list of them does', async () => {
  const { style } = document.documentElement;
  onTestFinished(() => void style.removeProperty('--entity-1'));
  style.setProperty('--entity-1', '#010203');
  await vi.waitFor(() => expect(painted.mock.lastCall?.[0].marks.map(({ colour }) => colour)).toContain('#010203'));
});

it('where the browser gives no canvas, the page keeps everything but the painted boxes', async () => {
  root.unmount();
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const canvas = vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  onTestFinished(() => [told, canvas].forEach((spy) => void spy.mockRestore()));
  root = createRoot(element);
  await show(three);
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
  expect(element.querySelector('.stage-canvas')).toBeNull();
  expect(element.querySelectorAll('.picture, .box-list button')).toHaveLength(4);
});

it('on paper, of whose width nothing hears, the boxes are where they are on the screen', async () => {
  root.unmount();
  let paper = false;
  const Hearing = ResizeObserver;
  vi.stubGlobal(
    'ResizeObserver',
    class extends Hearing {
      constructor(hear: ResizeObserverCallback) {
        super((...told) => paper || hear(...told));
      }
    },
  );
  onTestFinished(async () => {
    vi.unstubAllGlobals();
    await cdp().send('Emulation.setEmulatedMedia', { media: '' });
  });
  element.style.width = '1000px';
  root = createRoot(element);
  await show(three);
  await vi.waitFor(() => expect(canvasOnPicture()[2]).toBeGreaterThan(1));
  const seen = canvasOnPicture();
  paper = true;
  await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
  element.style.width = '700px';
  canvasOnPicture().forEach((place, index) => {
    expect(place).toBeCloseTo(seen[index] ?? Number.NaN, 2);
  });
  expect(frame().getBoundingClientRect().width).toBeLessThan(700);
});

/** Where the canvas lies and how wide it is, in widths of the picture from its corner. */
function canvasOnPicture(): readonly number[] {
  const rect = (selector: string) => element.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
  const [canvas, picture] = [rect('.stage-canvas canvas'), rect('.picture')];
  return [canvas.x - picture.x, canvas.y - picture.y, canvas.width].map((length) => length / picture.width);
}
