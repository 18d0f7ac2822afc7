import type { LabelSize } from './place-labels.ts';

const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

let pen: OffscreenCanvasRenderingContext2D | null | undefined;

/** The font of labels, as a canvas names it. */
export function labelFont(fontSize: number): string {
  return `600 ${fontSize}px ${FAMILY}`;
}

/**
 * Font size of labels in CSS pixels: 13 at the browser's usual text size, larger where a person set larger text, but
 * never so large that a label fills a small stage. Before there is a stage, as on a server, the usual one.
 */
export function labelFontSize(stageWidth: number): number {
  if (stageWidth === 0) return 13;
  const set = (13 / 16) * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.min(set, Math.max(13, stageWidth / 22));
}

/** Size of a label in CSS pixels. */
export function measureLabel(text: string, fontSize: number): LabelSize {
  return { width: Math.ceil(textWidth(text, fontSize) + fontSize), height: Math.round(fontSize * 1.7) };
}

/** The text as it stands, or its beginning and an ellipsis where its label would be wider than `widest`. */
export function shortened(text: string, fontSize: number, widest: number): string {
  if (textWidth(text, fontSize) + fontSize <= widest) return text;
  const points = Array.from(text);
  // The longest beginning that fits, by halving.
  let fits = 0;
  for (let tooLong = points.length; tooLong - fits > 1; ) {
    const middle = (fits + tooLong) >> 1;
    const width = textWidth(`${points.slice(0, middle).join('')}…`, fontSize) + fontSize;
    if (width <= widest) fits = middle;
    else tooLong = middle;
  }
  return `${points.slice(0, fits).join('').trimEnd()}…`;
}

function textWidth(text: string, fontSize: number): number {
  // Servers that render pages have none.
  pen ??= 'OffscreenCanvas' in globalThis ? new OffscreenCanvas(1, 1).getContext('2d') : null;
  if (!pen) return text.length * fontSize;
  pen.font = labelFont(fontSize);
  return pen.measureText(text).width;
}
