/** Not what the same key, pressed once more, would take away as well. */
const FOCUSABLE = ':is(a[href], button, select, summary, [tabindex]):not(:disabled, [aria-keyshortcuts~="Delete"])';

/**
 * Keeps the place of whoever goes through the page by keyboard or listens to it: where the element that has the focus is
 * removed, browsers give the focus to nothing at all.
 * @returns ends it
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | null = document.activeElement;
  const onFocus = ({ target }: FocusEvent) => {
    last = target as Element;
  };
  const observer = new MutationObserver((records) => {
    if (!last || last.isConnected) return;
    const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(last)));
    last = null;
    // The key that took it away is not to press what comes in its place.
    if (record) setTimeout(inherit, 0, record, root);
  });
  root.addEventListener('focusin', onFocus);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

function inherit(record: MutationRecord, root: HTMLElement): void {
  const isFree = document.activeElement === null || document.activeElement === document.body;
  if (isFree) heir(record, root)?.focus({ preventScroll: true });
}

/** The first thing of what came behind it, else the last of what came before it, there or around it. */
function heir({ target, nextSibling, previousSibling }: MutationRecord, root: HTMLElement): HTMLElement | null {
  const beside = within(nextSibling)[0] ?? within(previousSibling).at(-1);
  if (beside) return beside;
  for (let around = target as Element | null; around && around !== root; around = around.parentElement) {
    const found = within(around);
    const isBefore = (one: Element) => one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
    const nearest = found.findLast(isBefore) ?? found[0];
    if (nearest) return nearest;
  }
  return null;
}

/** What can have the focus and is seen in a part of the page, itself included, in its order. */
function within(part: Node | null): readonly HTMLElement[] {
  if (!(part instanceof HTMLElement) || !part.isConnected) return [];
  const all = [...(part.matches(FOCUSABLE) ? [part] : []), ...part.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return all.filter((one) => one.checkVisibility({ visibilityProperty: true }));
}
