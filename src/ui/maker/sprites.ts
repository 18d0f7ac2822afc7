import type { CSSProperties } from 'react';
import { createStore } from 'zustand/vanilla';
import type { Kind } from '../../scenes/kinds.ts';
import { CELLS, SHEET } from '../../scenes/sprite-cells.ts';
import address from './sprites.webp';

/** The sheet of all things, once it is there. */
export const sheetStore = createStore<{ readonly image: HTMLImageElement | null; readonly failed: boolean }>()(() => ({
  image: null,
  failed: false,
}));

/** Fetches the sheet; again where it failed. */
export async function loadSheet(): Promise<void> {
  if (sheetStore.getState().image) return;
  sheetStore.setState({ failed: false });
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
    sheetStore.setState({ image });
  } catch {
    sheetStore.setState({ failed: true });
  }
}

/** Shows the sprite of a kind in an element of its shape, whatever its size. */
export function spriteStyle(kind: Kind, flipped = false): CSSProperties {
  const [x, y, width, height] = CELLS[kind];
  return {
    aspectRatio: `${width} / ${height}`,
    backgroundImage: `url("${address}")`,
    backgroundSize: `${(100 * SHEET.width) / width}% ${(100 * SHEET.height) / height}%`,
    backgroundPosition: `${(100 * x) / (SHEET.width - width)}% ${(100 * y) / (SHEET.height - height)}%`,
    ...(flipped && { transform: 'scaleX(-1)' }),
  };
}
