import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Rect } from './rect.ts';

export interface StageLayout {
  /** The stage itself, at 0, 0. */
  readonly stage: Rect;
  /** Where CSS has put the picture. */
  readonly picture: Rect;
}

const EMPTY: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** Follows the sizes of the stage and of the picture in it. */
export function useStageLayout(
  stageRef: RefObject<HTMLElement | null>,
  pictureRef: RefObject<HTMLElement | null>,
): StageLayout {
  const [layout, setLayout] = useState<StageLayout>({ stage: EMPTY, picture: EMPTY });
  useLayoutEffect(() => {
    const stage = stageRef.current;
    const picture = pictureRef.current;
    if (!stage || !picture) return;
    const measure = () => {
      const outer = stage.getBoundingClientRect();
      const inner = picture.getBoundingClientRect();
      setLayout({
        stage: { x: 0, y: 0, width: stage.clientWidth, height: stage.clientHeight },
        picture: { x: inner.x - outer.x, y: inner.y - outer.y, width: inner.width, height: inner.height },
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    observer.observe(picture);
    measure();
    return () => observer.disconnect();
  }, [stageRef, pictureRef]);
  return layout;
}
