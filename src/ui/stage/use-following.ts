import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { StageView } from './stage-view.ts';

/**
 * Keeps an element where the picture is, frame by frame and without React: `.follows` in picture.css puts it where the
 * picture fits, and this moves and enlarges it from there. A pan changes only the transform, so nothing is laid out.
 * @param element key of the element, where another one takes its place
 */
export function useFollowing<E extends HTMLElement>(view: StageView, element = ''): RefObject<E | null> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const follow = () => {
      const { zoom, x, y } = view.view;
      const style = ref.current?.style;
      if (!style) return;
      const enlarged = String(zoom);
      if (style.getPropertyValue('--zoom') !== enlarged) style.setProperty('--zoom', enlarged);
      style.transform = x === 0 && y === 0 ? '' : `translate(${x}px, ${y}px)`;
    };
    follow();
    return view.onMove(follow);
  }, [view, element]);
  return ref;
}
