import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** How far from the end, in CSS pixels, still counts as being there. */
const NEAR = 48;

/** The element that scrolls the conversation: itself, or the page where it is narrow. */
function scrollerOf(content: HTMLElement): Element {
  const own = getComputedStyle(content).overflowY === 'auto';
  return own ? content : (document.scrollingElement ?? document.documentElement);
}

/**
 * Keeps the end of a growing conversation in view for as long as a person has not scrolled away from it.
 * @param turns a new turn brings the end back into view
 */
export function useStickToEnd(content: RefObject<HTMLElement | null>, turns: number): void {
  const stuck = useRef(true);
  const known = useRef(turns);

  useEffect(() => {
    const element = content.current;
    const list = element?.firstElementChild;
    if (!element || !list) return;
    const scroller = scrollerOf(element);
    let last = scroller.scrollTop;
    // Only going back counts as leaving: the end also moves away by itself while the answer grows.
    const onScroll = () => {
      const top = scroller.scrollTop;
      if (top < last) stuck.current = false;
      if (scroller.scrollHeight - top - scroller.clientHeight < NEAR) stuck.current = true;
      last = top;
    };
    const follow = new ResizeObserver(() => {
      if (stuck.current && known.current > 0) scroller.scrollTop = scroller.scrollHeight;
    });
    follow.observe(list);
    const target = scroller === element ? element : document;
    target.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      follow.disconnect();
      target.removeEventListener('scroll', onScroll);
    };
  }, [content]);

  useLayoutEffect(() => {
    if (turns > known.current) stuck.current = true;
    known.current = turns;
  }, [turns]);
}
