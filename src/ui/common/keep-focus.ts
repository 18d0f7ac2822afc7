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

/** What came behind it, else what came before it, else what is nearest around it. */
function heir({ target, nextSibling, previousSibling }: MutationRecord, root: HTMLElement): HTMLElement | null {
  const beside = within(nextSibling) ?? within(previousSibling);
  if (beside) return beside;
  for (let around = target as Element | null; around && around !== root; around = around.parentElement) {
    const found = within(around);
    if (found) return found;
  }
  return null;
}

/** The first element in a part of the page, itself included, that can have the focus and is seen. */
function within(part: Node | null): HTMLElement | null {
  if (!(part instanceof Element) || !part.isConnected) return null;
  const all = [...(part.matches(FOCUSABLE) ? [part] : []), ...part.querySelectorAll(FOCUSABLE)];
  return (all.find((one) => one.checkVisibility({ visibilityProperty: true })) as HTMLElement | undefined) ?? null;
}
