import type { Layer } from 'konva/lib/Layer.js';
import { type RefObject, useEffect } from 'react';
import { BEYOND } from './painted.ts';
import type { StageView } from './stage-view.ts';

/**
 * Keeps the painted boxes on the picture. A pan moves the canvas as it is, which costs next to nothing; it is painted
 * anew where the picture is enlarged or has gone as far as the canvas reaches.
 */
export function usePainting(
  canvas: RefObject<HTMLElement | null>,
  layer: RefObject<Layer | null>,
  view: StageView,
): void {
  useEffect(() => {
    const node = layer.current;
    if (!node) return;
    let from = view.picture;
    const shift = (x: number, y: number) => {
      if (canvas.current) canvas.current.style.transform = x === 0 && y === 0 ? '' : `translate(${x}px, ${y}px)`;
    };
    // Whatever it is painted for, it is painted where the picture is now.
    const onPaint = () => {
      from = view.picture;
      shift(0, 0);
    };
    node.on('beforeDraw', onPaint);
    const stopFollowing = view.onMove(() => {
      const { x, y, width } = view.picture;
      const near = Math.abs(x - from.x) <= BEYOND && Math.abs(y - from.y) <= BEYOND;
      if (width === from.width && near) shift(x - from.x, y - from.y);
      else node.draw();
    });
    node.draw();
    return () => {
      node.off('beforeDraw', onPaint);
      stopFollowing();
    };
  }, [canvas, layer, view]);
}
