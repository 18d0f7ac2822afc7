import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** How far from the end, in CSS pixels, still counts as being there. */
const NEAR = 48;

/** The element that scrolls the conversation: itself, all of its side on a phone that lies, or the page where it is narrow. */
function scrollerOf(content: HTMLElement): Element {
  const own = [content, content.parentElement].find(
    (element) => element && getComputedStyle(element).overflowY === 'auto',
  );
  return own ?? document.scrollingElement ?? document.documentElement;
}

/**
 * Keeps the end of a growing conversation in view for as long as a person has not scrolled away from it.
 * @param turns a new turn brings the end back into view
 * @param held what stands before all turns is to be seen
 */
export function useStickToEnd(content: RefObject<HTMLElement | null>, turns: number, held: boolean): void {
  const stuck = useRef(true);
  const known = useRef(turns);
  const holding = useRef(held);

  useEffect(() => {
    const element = content.current;
    const list = element?.firstElementChild;
    if (!element || !list) return;
    let scroller: Element | undefined;
    let last = 0;
    // Only going back counts as leaving: the end also moves away by itself while the answer grows.
    const onScroll = () => {
      scroller ??= scrollerOf(element);
      const top = scroller.scrollTop;
      if (top < last) stuck.current = false;
      if (scroller.scrollHeight - top - scroller.clientHeight < NEAR) stuck.current = true;
      last = top;
    };
    // Called once at the beginning, when the page is laid out anyway; asked for before, positions would cost a layout more.
    const follow = new ResizeObserver(() => {
      // Another one once a phone is turned.
      scroller = scrollerOf(element);
      if (stuck.current && !holding.current && known.current > 0) scroller.scrollTop = scroller.scrollHeight;
    });
    follow.observe(list);
    // What is told under it, or a longer question, takes room from it.
    follow.observe(element);
    document.addEventListener('scroll', onScroll, { passive: true, capture: true });
    return () => {
      follow.disconnect();
      document.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, [content]);

  useLayoutEffect(() => {
    if (turns > known.current) stuck.current = true;
    known.current = turns;
    holding.current = held;
  }, [turns, held]);
}
