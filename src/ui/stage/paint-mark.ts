import { LINE } from './painted.ts';
import { grown, type Rect } from './rect.ts';
import type { Emphasis } from './stage-boxes.ts';

/** What a mark is painted with. */
export interface MarkLook {
  readonly emphasis: Emphasis;
  readonly colour: string;
  readonly outline: string;
  readonly halo: string;
  /** As the line of a region is. */
  readonly dashed: boolean;
}

/** Lengths of the dashes and of the gaps between them, in CSS pixels. */
const DASHES = [6, 4];

/**
 * Paints the line of a box or region.
 * @param entrance how far a new box has come, in 0..1
 */
export function paintMark(pen: CanvasRenderingContext2D, whole: Rect, look: MarkLook, entrance: number): void {
  const { emphasis, colour, outline, halo, dashed } = look;
  const rect = entrance < 1 ? grown(whole, -0.03 * (1 - entrance) * Math.min(whole.width, whole.height)) : whole;
  if (emphasis === 'selected') paintHalo(pen, rect, halo);
  const line = emphasis === 'selected' || emphasis === 'lifted' ? LINE + 1 : LINE;
  // The line between two contrasting ones, so that it shows on any picture. Beside the line, not below it: where the box is
  // quiet, one would shine through the other.
  const edge = (line + 1) / 2;
  pen.lineWidth = 1;
  pen.strokeStyle = outline;
  stroke(pen, grown(rect, edge));
  stroke(pen, grown(rect, -edge));
  pen.lineWidth = line;
  pen.strokeStyle = colour;
  if (dashed) pen.setLineDash(DASHES);
  stroke(pen, rect);
  pen.setLineDash([]);
}

function paintHalo(pen: CanvasRenderingContext2D, rect: Rect, halo: string): void {
  pen.save();
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = halo;
  pen.shadowColor = 'rgb(0 0 0 / 50%)';
  pen.shadowBlur = 8;
  stroke(pen, grown(rect, 4));
  pen.restore();
}

function stroke(pen: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  pen.strokeRect(x, y, width, height);
}
