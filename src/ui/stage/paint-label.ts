import { labelFont } from './measure-label.ts';
import type { Rect } from './rect.ts';

/** What a label is painted with. */
export interface LabelLook {
  readonly text: string;
  readonly fontSize: number;
  readonly colour: string;
  readonly onColour: string;
}

/** Paints number and phrase of a box, on its colour. */
export function paintLabel(pen: CanvasRenderingContext2D, { x, y, width, height }: Rect, look: LabelLook): void {
  pen.fillStyle = look.colour;
  pen.beginPath();
  pen.roundRect(x, y, width, height, 4);
  pen.fill();
  pen.font = labelFont(look.fontSize);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = look.onColour;
  pen.fillText(look.text, x + width / 2, y + height / 2 + look.fontSize * 0.06);
}
