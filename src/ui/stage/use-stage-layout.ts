import { type RefObject, useLayoutEffect } from 'react';
import type { PageImage } from '../../state/page-image.ts';
import type { StageView } from './stage-view.ts';

/** CSS pixels that one pixel of the picture may fill. */
const LARGEST_PIXEL = 8;

/**
 * Tells the view how large the stage is and where CSS puts the picture on it.
 * @param corrected whether the picture makes room for what belongs to correcting
 */
export function useStageLayout(
  stageRef: RefObject<HTMLElement | null>,
  view: StageView,
  { id, width, height }: Pick<PageImage, 'id' | 'width' | 'height'>,
  corrected: boolean,
): void {
  useLayoutEffect(() => {
    const stage = stageRef.current;
    if (!stage) return;
    const measure = () => {
      const style = getComputedStyle(stage);
      const pixels = (property: string) => Number.parseFloat(style.getPropertyValue(property)) || 0;
      const room = { x: 0, y: 0, width: stage.clientWidth, height: stage.clientHeight - pixels('padding-bottom') };
      // The same as .picture in picture.css.
      const most = room.width - 2 * pixels('--margin-x');
      const fitWidth = Math.max(1, Math.min(most, ((room.height - 2 * pixels('--margin-y')) * width) / height));
      const fitHeight = (fitWidth * height) / width;
      const fit = {
        x: (room.width - fitWidth) / 2,
        y: (room.height - fitHeight) / 2,
        width: fitWidth,
        height: fitHeight,
      };
      // For print.css, which cannot divide a length by a length.
      for (const side of ['x', 'y', 'width', 'height'] as const)
        stage.style.setProperty(`--fit-${side}`, `${fit[side]}px`);
      stage.style.setProperty('--fit-pixels', `${fitWidth}`);
      view.setLayout({ of: id, stage: room, fit, most: Math.max(4, (LARGEST_PIXEL * width) / fitWidth) });
    };
    let first: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(first);
      // Nothing lies on a stage that has just been made: its first frame is long enough without what follows from a size.
      if (view.layout.stage.width === 0) first = setTimeout(measure);
      else measure();
    });
    // It is called once at the beginning, too: asked for now, sizes would cost a layout more.
    observer.observe(stage, { box: 'border-box' });
    return () => {
      clearTimeout(first);
      observer.disconnect();
    };
    // Margins change with what is corrected, which no observer tells.
  }, [stageRef, view, id, width, height, corrected]);
}
