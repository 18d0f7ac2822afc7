import { type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useActions } from '../common/app-context.ts';
import * as strings from '../strings.ts';

interface Props {
  readonly title: string;
  /** `drawer` stands at the side and leaves the picture in view. */
  readonly kind: 'drawer' | 'sheet';
  readonly children: ReactNode;
}

/** What opens over the page; Escape, the cross and a press beside it close it, and the focus goes back. */
export function DialogFrame({ title, kind, children }: Props): ReactNode {
  const { closeDialog } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    if (!dialog.current?.open) dialog.current?.showModal();
    // Where what was done in it took it off the page, the browser gives the focus to nobody.
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) stillThere(before)?.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${kind}`}
      aria-labelledby={heading}
      onClose={closeDialog}
      onPointerDown={(event) => {
        if (event.target === dialog.current && isBeside(event, dialog.current)) dialog.current.close();
      }}
    >
      <div className="dialog-content">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button
            type="button"
            className="close"
            aria-label={strings.dialog.close}
            onClick={() => dialog.current?.close()}
          >
            ×
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** What had the focus; where it was in a popover, which closes as a dialog opens, what opens that. */
function stillThere(before: HTMLElement): HTMLElement | null {
  if (before.getClientRects().length > 0) return before;
  return document.querySelector(`[popovertarget="${before.closest('[popover]')?.id}"]`);
}

/** Its scrollbar is the dialog too. */
function isBeside({ clientX: x, clientY: y }: PointerEvent, dialog: HTMLDialogElement): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return x < left || x > right || y < top || y > bottom;
}
