import { Konva } from 'konva/lib/Global.js';
import { Layer } from 'konva/lib/Layer.js';
import { Shape } from 'konva/lib/Shape.js';
import { Stage } from 'konva/lib/Stage.js';
import type { UnitBox } from '../../kosmos2/box.ts';
import { nextTurn } from '../common/next-turn.ts';
import { type LabelLook, paintLabel } from './paint-label.ts';
import { type MarkLook, paintMark } from './paint-mark.ts';
import { BEYOND, LINE, painted } from './painted.ts';
import { grown, onStage, overlap, type Rect } from './rect.ts';
import type { StageView } from './stage-view.ts';

/** How long a new box takes to come, in milliseconds. */
const ENTRANCE = 120;
const QUIET = 0.4;

export interface PaintedMark extends MarkLook {
  readonly key: string;
  readonly box: UnitBox;
}

export interface PaintedLabel extends LabelLook {
  /** Where it was placed when the picture was at `PaintedScene.from`. */
  readonly rect: Rect;
  readonly quiet: boolean;
}

/** What is on the canvas, each in the order of painting; labels above all marks. */
export interface PaintedScene {
  readonly from: Rect;
  readonly marks: readonly PaintedMark[];
  readonly labels: readonly PaintedLabel[];
}

const EMPTY: PaintedScene = { from: { x: 0, y: 0, width: 1, height: 1 }, marks: [], labels: [] };

/**
 * Paints boxes over the picture and keeps them on it. A pan moves the canvas as it is, which costs next to nothing; it is
 * painted anew where the picture is enlarged or has gone as far as the canvas reaches. Nobody points at it: the stage finds
 * what is under a point by itself (pick.ts).
 */
export class BoxPainter {
  readonly #container: HTMLDivElement;
  readonly #view: StageView;
  /** Rejects where Konva can make no canvas. */
  readonly ready: Promise<void>;
  /** Both come a moment after the painter (see #setUp). */
  #stage: Stage | null = null;
  #layer: Layer | null = null;
  #destroyed = false;
  readonly #unfollow: () => void;
  #scene: PaintedScene = EMPTY;
  /** When each mark came, by its key, in milliseconds of the page. */
  #came: ReadonlyMap<string, number> = new Map();
  #frame = 0;
  /** Where the picture was when the canvas was painted. */
  #from: Rect;

  /** @param pixelRatio device pixels per CSS pixel; a canvas keeps the one it was made with */
  constructor(container: HTMLDivElement, view: StageView, pixelRatio: number) {
    Konva.pixelRatio = pixelRatio;
    this.#container = container;
    this.#view = view;
    this.#from = view.picture;
    this.#unfollow = view.onMove(() => this.#follow());
    this.ready = this.#setUp();
  }

  /** Shows a scene with the next frame; boxes that were not there before come in 120 ms, or at once where motion is to be reduced. */
  show(scene: PaintedScene): void {
    const now = performance.now();
    const since = matchMedia('(prefers-reduced-motion: reduce)').matches ? Number.NEGATIVE_INFINITY : now;
    this.#came = new Map(scene.marks.map(({ key }) => [key, this.#came.get(key) ?? since]));
    this.#scene = scene;
    this.#paintSoon();
  }

  destroy(): void {
    this.#unfollow();
    cancelAnimationFrame(this.#frame);
    this.#destroyed = true;
    this.#stage?.destroy();
  }

  /** In tasks of their own, for each takes a slow processor tens of milliseconds. */
  async #setUp(): Promise<void> {
    await nextTurn();
    if (this.#destroyed) return;
    this.#stage = new Stage({ container: this.#container, ...canvasSize(this.#view), listening: false });
    await nextTurn();
    if (this.#destroyed) return;
    const layer = new Layer({ x: BEYOND, y: BEYOND, listening: false });
    layer.add(new Shape({ listening: false, sceneFunc: ({ _context: pen }) => this.#paint(pen) }));
    this.#stage.add(layer);
    this.#layer = layer;
    this.#paintSoon();
  }

  #follow(): void {
    const { x, y, width } = this.#view.picture;
    const by = { x: x - this.#from.x, y: y - this.#from.y };
    if (width === this.#from.width && Math.max(Math.abs(by.x), Math.abs(by.y)) <= BEYOND) this.#shift(by.x, by.y);
    else this.#draw();
  }

  #shift(x: number, y: number): void {
    this.#container.style.transform = x === 0 && y === 0 ? '' : `translate(${x}px, ${y}px)`;
  }

  #paintSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#draw();
      const now = performance.now();
      if ([...this.#came.values()].some((came) => now - came < ENTRANCE)) this.#paintSoon();
    });
  }

  /** Whatever it is painted for, it is painted where the picture is now. */
  #draw(): void {
    if (!this.#stage || !this.#layer) return;
    const { width, height } = canvasSize(this.#view);
    if (this.#stage.width() !== width || this.#stage.height() !== height) this.#stage.size({ width, height });
    this.#from = this.#view.picture;
    this.#shift(0, 0);
    this.#layer.draw();
  }

  #paint(pen: CanvasRenderingContext2D): void {
    const { marks, labels, from } = this.#scene;
    const { picture } = this.#view;
    const seen = painted(this.#view);
    const now = performance.now();
    pen.save();
    for (const { key, box, ...look } of marks) {
      const rect = onStage(box, picture);
      if (overlap(grown(rect, LINE), seen) === 0) continue;
      const entrance = Math.min(1, (now - (this.#came.get(key) ?? now)) / ENTRANCE);
      pen.globalAlpha = entrance * (look.emphasis === 'quiet' ? QUIET : 1);
      paintMark(pen, rect, look, entrance);
    }
    for (const { rect, quiet, ...look } of labels) {
      // While the view moves a label stays at its point of the picture.
      const x = picture.x + ((rect.x - from.x) * picture.width) / from.width;
      const y = picture.y + ((rect.y - from.y) * picture.height) / from.height;
      if (overlap({ ...rect, x, y }, seen) === 0) continue;
      pen.globalAlpha = quiet ? QUIET : 1;
      paintLabel(pen, { ...rect, x, y }, look);
    }
    pen.restore();
  }
}

/** The canvas reaches beyond the stage on every side. */
function canvasSize({ layout: { stage } }: StageView): { readonly width: number; readonly height: number } {
  return { width: stage.width + 2 * BEYOND, height: stage.height + 2 * BEYOND };
}
