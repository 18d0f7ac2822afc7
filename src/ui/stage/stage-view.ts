import type { Rect } from './rect.ts';
import { bounded, FIT, type Point, panned, pictureIn, type StageLayout, type View, zoomed } from './view.ts';

/** How long a view has to stand still before labels are placed anew, in milliseconds. */
const REST = 120;

const EMPTY: Rect = { x: 0, y: 0, width: 0, height: 0 };

/**
 * The view of the stage as it moves. Whoever draws listens to `onMove` and does only what a frame needs; React renders
 * what depends on the view when it has come to rest.
 */
export class StageView {
  #layout: StageLayout = { of: '', stage: EMPTY, fit: EMPTY, most: 1 };
  #view: View = FIT;
  #picture: Rect = EMPTY;
  #rest: Rect = EMPTY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held = false;
  readonly #moveListeners = new Set<() => void>();
  readonly #restListeners = new Set<() => void>();

  get zoom(): number {
    return this.#view.zoom;
  }

  /** The view itself, for the elements that follow it. */
  get view(): View {
    return this.#view;
  }

  get layout(): StageLayout {
    return this.#layout;
  }

  /** Where the picture lies now. */
  get picture(): Rect {
    return this.#picture;
  }

  /** Where it lay when the view last came to rest. */
  readonly resting = (): Rect => this.#rest;

  /** Tells what a person sees, at once: a window of another size is no movement. */
  setLayout(layout: StageLayout): void {
    const before = this.#layout;
    const { zoom, x, y } = this.#view;
    const grow = layout.fit.width / before.fit.width;
    this.#layout = layout;
    this.#show(layout.of === before.of ? { zoom, x: x * grow, y: y * grow } : FIT);
    this.#settle();
  }

  panBy(by: Point): void {
    this.#move(panned(this.#view, this.#layout, by));
  }

  /** Zooms about a point of the stage. */
  zoomAt(at: Point, factor: number): void {
    this.#move(zoomed(this.#view, this.#layout, at, factor));
  }

  /** Zooms about the middle of the stage. */
  zoomBy(factor: number): void {
    const { x, y, width, height } = this.#layout.stage;
    this.zoomAt({ x: x + width / 2, y: y + height / 2 }, factor);
  }

  /** While it is held, as by a drag, a view does not rest however still it stands. */
  hold(held: boolean): void {
    this.#held = held;
    this.#restSoon();
  }

  /** Shows all of the picture, at once. */
  fit(): void {
    this.#show(FIT);
    this.#settle();
  }

  readonly onMove = (listener: () => void): (() => void) => {
    this.#moveListeners.add(listener);
    return () => this.#moveListeners.delete(listener);
  };

  readonly onRest = (listener: () => void): (() => void) => {
    this.#restListeners.add(listener);
    return () => this.#restListeners.delete(listener);
  };

  #move(view: View): void {
    const { zoom, x, y } = this.#view;
    if (view.zoom === zoom && view.x === x && view.y === y) return;
    this.#restSoon();
    this.#show(view);
  }

  #restSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#held ? undefined : setTimeout(() => this.#settle(), REST);
  }

  #show(view: View): void {
    this.#view = bounded(view, this.#layout);
    this.#picture = pictureIn(this.#view, this.#layout);
    for (const listener of this.#moveListeners) listener();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rest = this.#picture;
    for (const listener of this.#restListeners) listener();
  }
}
