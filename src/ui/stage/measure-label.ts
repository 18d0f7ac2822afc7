import type { LabelSize } from './place-labels.ts';

export const LABEL_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const pen = new OffscreenCanvas(1, 1).getContext('2d');

/**
 * Font size of labels in CSS pixels: 13 at the browser's usual text size, larger where a person set larger text, but
 * never so large that a label fills a small stage.
 */
export function labelFontSize(stageWidth: number): number {
  const set = (13 / 16) * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.min(set, Math.max(13, stageWidth / 22));
}

/** Size of a label in CSS pixels, at most `widest`. */
export function measureLabel(text: string, fontSize: number, widest: number): LabelSize {
  const height = Math.round(fontSize * 1.7);
  if (!pen) return { width: widest, height };
  pen.font = `600 ${fontSize}px ${LABEL_FONT}`;
  return { width: Math.min(widest, Math.ceil(pen.measureText(text).width + fontSize)), height };
}
