import { type Drag, panDrag } from './drags.ts';
import type { Edges } from './patch-moves.ts';
import { holds, onStage } from './rect.ts';
import type { Shaping } from './shaping.ts';
import type { StageView } from './stage-view.ts';
import type { Point } from './view.ts';

export type Tool = 'select' | 'region' | 'pan';

/** What the pointer works with; read anew at every press. */
export interface Hands {
  readonly tool: Tool;
  readonly shaping: Pick<Shaping, 'shape' | 'draw'>;
  /** Whether the key that pans while it is held is down. */
  readonly panning: boolean;
  /** A press that went nowhere. */
  press(at: Point): void;
  hover(at: Point | null): void;
  /** Something is being dragged, or nothing any more. */
  busy(kind: Drag['kind'] | null): void;
}

/** How far a press moves before it is a drag, in CSS pixels. */
const THRESHOLD = 4;
const TOUCH_THRESHOLD = 8;
/** How long a finger rests before it draws, in milliseconds. */
const LONG_PRESS = 400;

interface Press {
  readonly id: number;
  readonly from: Point;
  readonly touch: boolean;
  /** What begins when the pointer moves; null leaves the movement to the browser. */
  begin: (() => Drag) | null;
}

/** Everything a mouse, a pen or fingers do on the stage: press, draw, move, pan, pinch. */
export class StagePointer {
  readonly #stage: HTMLElement;
  readonly #view: StageView;
  readonly #hands: () => Hands;
  readonly #stop = new AbortController();
  readonly #fingers = new Map<number, Point>();
  #press: Press | null = null;
  #drag: Drag | null = null;
  #longPress: ReturnType<typeof setTimeout> | undefined;

  constructor(stage: HTMLElement, view: StageView, hands: () => Hands) {
    this.#stage = stage;
    this.#view = view;
    this.#hands = hands;
    const { signal } = this.#stop;
    stage.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    stage.addEventListener('pointermove', (event) => this.#move(event), { signal });
    stage.addEventListener('pointerup', (event) => this.#up(event), { signal });
    stage.addEventListener('pointercancel', (event) => this.#lose(event), { signal });
    stage.addEventListener('pointerleave', () => hands().hover(null), { signal });
    // A finger that draws or pinches does not scroll the page. The browser asks only where it may be told so.
    stage.addEventListener('touchmove', (event) => this.#drag && event.cancelable && event.preventDefault(), {
      signal,
      passive: false,
    });
    stage.addEventListener('contextmenu', (event) => this.#press?.touch && event.preventDefault(), { signal });
  }

  get dragging(): boolean {
    return this.#drag !== null;
  }

  /** Breaks a drag off: nothing has happened. */
  cancel(): void {
    this.#end(false);
    this.#press = null;
  }

  dispose(): void {
    this.cancel();
    this.#stop.abort();
  }

  #down(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('[data-apart]') || (event.button !== 0 && event.button !== 1)) return;
    const from = this.#at(event);
    const touch = event.pointerType === 'touch';
    if (touch) this.#fingers.set(event.pointerId, from);
    if (this.#fingers.size === 2) {
      this.cancel();
      this.#set(this.#pinch());
      return;
    }
    if (this.#press || this.#drag) return;
    this.#stage.setPointerCapture(event.pointerId);
    const reshapes = this.#reshaping(event, from, target);
    this.#press = { id: event.pointerId, from, touch, begin: reshapes ?? this.#beginning(event, from) };
    // A finger that takes its time on a handle means the handle.
    const rests = touch && !reshapes && this.#hands().tool === 'select';
    if (rests) this.#longPress = setTimeout(() => this.#drawAfterAll(), LONG_PRESS);
  }

  /** What a press that moves on does, by the tool and the keys held. */
  #beginning(event: PointerEvent, from: Point): Press['begin'] {
    const { tool, shaping } = this.#hands();
    if (this.#pans(event)) return () => panDrag(this.#view, from);
    const touch = event.pointerType === 'touch';
    if (touch && tool === 'select') return this.#view.zoom > 1 ? () => panDrag(this.#view, from) : null;
    return () => shaping.draw(from);
  }

  /** What it does to the shape that is under it, or to the one whose handle is; null where there is neither. */
  #reshaping(event: PointerEvent, from: Point, target: Element | null): Press['begin'] {
    const { tool, shaping } = this.#hands();
    const { shape } = shaping;
    if (!shape || this.#pans(event)) return null;
    const handle = target?.closest<HTMLElement>('[data-handle]')?.dataset.handle;
    if (handle) return () => shape.pull(edgesOf(handle));
    const on = tool === 'select' && !event.shiftKey && holds(onStage(shape.box, this.#view.picture), from);
    return on ? () => shape.move(from) : null;
  }

  #pans(event: PointerEvent): boolean {
    const { tool, panning } = this.#hands();
    return event.button === 1 || tool === 'pan' || panning;
  }

  #drawAfterAll(): void {
    const press = this.#press;
    if (!press || this.#drag) return;
    const drag = this.#hands().shaping.draw(press.from);
    this.#set(drag);
    drag.move(press.from);
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, at);
    const press = this.#press;
    if (this.#fingers.size < 2 && press && event.pointerId !== press.id) return;
    if (!this.#drag && !press) {
      if (event.pointerType !== 'touch') this.#hands().hover(this.#isApart(event) ? null : at);
      return;
    }
    if (!this.#drag && press) {
      if (Math.hypot(at.x - press.from.x, at.y - press.from.y) < (press.touch ? TOUCH_THRESHOLD : THRESHOLD)) return;
      clearTimeout(this.#longPress);
      if (press.begin) this.#set(press.begin());
      else this.#press = null;
    }
    this.#drag?.move(at);
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    const press = this.#press;
    if (this.#drag) {
      this.#end(true);
      this.#press = null;
    } else if (press?.id === event.pointerId) {
      clearTimeout(this.#longPress);
      this.#press = null;
      this.#hands().press(press.from);
    }
  }

  #lose(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    this.cancel();
  }

  /** Two fingers hold the two points of the picture that they touched. */
  #pinch(): Drag {
    let before = this.#grip();
    return {
      kind: 'pan',
      move: () => {
        if (this.#fingers.size < 2) return;
        const now = this.#grip();
        this.#view.zoomAt(before, now.apart / before.apart);
        this.#view.panBy({ x: now.x - before.x, y: now.y - before.y });
        before = now;
      },
      end() {},
    };
  }

  #grip(): Point & { readonly apart: number } {
    const [a = { x: 0, y: 0 }, b = a] = [...this.#fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  }

  #set(drag: Drag): void {
    clearTimeout(this.#longPress);
    this.#drag = drag;
    this.#view.hold(true);
    this.#hands().busy(drag.kind);
  }

  #end(done: boolean): void {
    clearTimeout(this.#longPress);
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = null;
    drag.end(done);
    this.#view.hold(false);
    this.#hands().busy(null);
  }

  #at({ clientX, clientY }: PointerEvent): Point {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #isApart(event: PointerEvent): boolean {
    return event.target instanceof Element && event.target.closest('[data-apart]') !== null;
  }
}

/** A handle names the edges it moves by compass: `nw`, `e`, ... */
function edgesOf(handle: string): Edges {
  const x = handle.includes('w') ? -1 : handle.includes('e') ? 1 : 0;
  const y = handle.includes('n') ? -1 : handle.includes('s') ? 1 : 0;
  return { x, y };
}
