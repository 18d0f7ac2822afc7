import { nextTurn } from './next-turn.ts';

/** Sizes and weights of the page's text, as in tokens.css. */
const SIZES = ['--text-12', '--text-13', '--text-15', '--text-17'];
const WEIGHTS = ['400', '600'];

/**
 * Has the browser look up the page's fonts one by one, each in a task of its own: on some systems it asks another process for
 * every size, and waits, in the middle of the layout that needs it first.
 */
export async function warmFonts(): Promise<void> {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(document.documentElement);
  const root = Number.parseFloat(style.fontSize);
  for (const size of SIZES) {
    const pixels = Number.parseFloat(style.getPropertyValue(size)) * root;
    for (const weight of WEIGHTS) {
      await nextTurn();
      pen.font = `${weight} ${pixels}px ${style.getPropertyValue('--font')}`;
      pen.measureText('a');
    }
  }
}
