import { type CSSProperties, type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { UnitBox } from '../../kosmos2/box.ts';
import { entityStyle } from '../common/entity-style.ts';
import { placeBeside } from './place-beside.ts';
import { onStage, overlap, type Rect } from './rect.ts';
import type { StageView } from './stage-view.ts';
import type { Placement } from './use-placement.ts';

interface Props {
  readonly panel: RefObject<HTMLElement | null>;
  readonly label: string;
  /** What it belongs to: its place, its number, and its key in the placement where it has one. */
  readonly box: UnitBox;
  readonly number: number;
  readonly of: string | null;
  readonly placement: Placement;
  readonly view: StageView;
  /** On a press that is neither on the panel nor on the stage, which has its own answer to it. */
  readonly onPressOutside: () => void;
  readonly children: ReactNode;
}

/**
 * A panel beside a box of the stage, where it covers no other box as long as there is room. In the top layer no other
 * part of the page covers or clips it; there it is placed in the window.
 */
export function Beside({ panel, label, box, number, of, placement, view, onPressOutside, children }: Props): ReactNode {
  const [corner, setCorner] = useState({ x: 0, y: 0, seen: true });
  useLayoutEffect(() => {
    const element = panel.current;
    const parent = element?.parentElement;
    if (!element || !parent) return;
    const stage = parent.getBoundingClientRect();
    element.showPopover();
    const own = onStage(box, placement.picture);
    const items = [...placement.boxes, ...placement.regions];
    const others = items.flatMap(({ key, rect, tag }) => [...(key === of ? [] : [rect]), ...(tag ? [tag] : [])]);
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const { x, y } = placeBeside(own, size, others, view.layout.stage, placeOf(parent.querySelector('.tools')));
    setCorner({ x: stage.x + x, y: stage.y + y, seen: overlap(own, view.layout.stage) > 0 });
  }, [panel, of, box, placement, view]);

  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !panel.current?.parentElement?.contains(target)) onPressOutside();
    };
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  });

  return (
    <section
      ref={panel}
      popover="manual"
      className="box-actions"
      data-apart
      data-seen={corner.seen}
      aria-label={label}
      style={{ ...entityStyle(number), '--x': `${corner.x}px`, '--y': `${corner.y}px` } as CSSProperties}
    >
      {children}
    </section>
  );
}

/** Where an element lies in its parent. */
function placeOf(element: HTMLElement | null): Rect {
  const { offsetLeft: x = 0, offsetTop: y = 0, offsetWidth: width = 0, offsetHeight: height = 0 } = element ?? {};
  return { x, y, width, height };
}
