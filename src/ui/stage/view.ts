import type { Rect } from './rect.ts';

/** A point of the stage in CSS pixels, or of the picture in 0..1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How the picture is looked at: how large, and how far its centre is from where it is when it fits, in CSS pixels. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** What a view is of. */
export interface StageLayout {
  /** Id of the picture: another one is looked at from the start. */
  readonly of: string;
  /** Room for picture and labels, in CSS pixels of the stage. */
  readonly stage: Rect;
  /** Where the picture lies when all of it is seen. */
  readonly fit: Rect;
  /** Largest zoom. */
  readonly most: number;
}

/** All of the picture, as large as it fits. */
export const FIT: View = { zoom: 1, x: 0, y: 0 };

/** Where the picture lies on the stage in a view. */
export function pictureIn({ zoom, x, y }: View, { fit }: StageLayout): Rect {
  const width = fit.width * zoom;
  const height = fit.height * zoom;
  return { x: fit.x + x + (fit.width - width) / 2, y: fit.y + y + (fit.height - height) / 2, width, height };
}

/** The view moved by some pixels. */
export function panned(view: View, layout: StageLayout, by: Point): View {
  return bounded({ ...view, x: view.x + by.x, y: view.y + by.y }, layout);
}

/** The view enlarged by `factor` about a point of the stage: what of the picture is there stays there. */
export function zoomed(view: View, layout: StageLayout, at: Point, factor: number): View {
  const zoom = between(1, view.zoom * factor, layout.most);
  const grow = zoom / view.zoom;
  const { fit } = layout;
  const x = at.x - fit.x - fit.width / 2;
  const y = at.y - fit.y - fit.height / 2;
  return bounded({ zoom, x: x - (x - view.x) * grow, y: y - (y - view.y) * grow }, layout);
}

/**
 * The view next to this one in which the picture is not lost: it is never smaller than when it fits, and always covers
 * the place it has then. Zooming about any point of the picture keeps to that by itself.
 */
export function bounded(view: View, { fit, most }: StageLayout): View {
  const zoom = between(1, view.zoom, most);
  const across = (fit.width * (zoom - 1)) / 2;
  const down = (fit.height * (zoom - 1)) / 2;
  return { zoom, x: between(-across, view.x, across), y: between(-down, view.y, down) };
}

/** Where a point of the stage lies on the picture, in 0..1 where it is on it. */
export function onPicture({ x, y }: Point, picture: Rect): Point {
  return { x: (x - picture.x) / picture.width, y: (y - picture.y) / picture.height };
}

function between(least: number, value: number, most: number): number {
  // Not -0, which is no place of its own.
  return Math.max(least, Math.min(value, most)) + 0;
}
