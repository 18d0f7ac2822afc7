import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

interface MenuProps {
  /** What the button that opens it says, and its name where that is not words. */
  readonly button: ReactNode;
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A button with a short list of choices, beside it and over everything else; arrows move, Escape closes. */
export function Menu({ button, label, className, children }: MenuProps): ReactNode {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [corner, setCorner] = useState({ x: 0, y: 0 });

  useLayoutEffect(() => {
    const panel = list.current;
    if (!open || !opener.current || !panel) return;
    const from = opener.current.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const below = from.bottom + GAP + height <= innerHeight;
    setCorner({
      x: Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)),
      y: below ? from.bottom + GAP : Math.max(GAP, from.top - height - GAP),
    });
    (panel.querySelector<HTMLElement>('[aria-checked="true"]') ?? choices(panel)[0])?.focus();
  }, [open]);

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
      >
        {button}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        style={{ '--x': `${corner.x}px`, '--y': `${corner.y}px` } as CSSProperties}
        onToggle={({ newState }) => setOpen(newState === 'open')}
        onKeyDown={moveFocus}
        onClick={() => list.current?.hidePopover()}
      >
        {open && children}
      </div>
    </>
  );
}

interface ItemProps {
  readonly children: ReactNode;
  readonly onChoose: () => void;
  /** Whether this is the choice made; left out where choosing does something instead. */
  readonly checked?: boolean;
}

export function MenuItem({ children, onChoose, checked }: ItemProps): ReactNode {
  const role = checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked };
  return (
    <button type="button" {...role} tabIndex={-1} onClick={onChoose}>
      {children}
    </button>
  );
}

/** Between the button and its list, and between the list and the edge of the window, in CSS pixels. */
const GAP = 6;

const choices = (panel: HTMLElement) => [...panel.querySelectorAll<HTMLElement>('[role^="menuitem"]')];

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const all = choices(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all.at(to % all.length)?.focus();
}
