import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { UnitBox } from '../../kosmos2/box.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import { Handles } from './Handles.tsx';
import { placedOn } from './placed-on.ts';
import { positionWords } from './position-words.ts';
import { isChosen, placeOf, type StageBox } from './stage-boxes.ts';

interface Props {
  readonly boxes: readonly StageBox[];
  /** Whether a person's last press was a pointer's. */
  readonly byPointer: RefObject<boolean>;
  /** Hears the key of the box that has the focus. */
  readonly onFocus: (key: string | null) => void;
}

/**
 * The boxes of the answer being corrected, each a button for the keyboard, of which the selected or else the first one has
 * the focus at the beginning; what is being changed with its handles.
 */
export default function CorrectBoxes({ boxes, byPointer, onFocus }: Props): ReactNode {
  const selected = useApp((state) => state.selected);
  const fresh = useApp((state) => state.correcting?.fresh);
  const { select } = useActions();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Whoever came by keyboard goes on with the boxes; arrows after a press elsewhere are not to move one.
    if (!byPointer.current) takeFocus(list.current);
  }, [byPointer]);
  return (
    <>
      <ul ref={list} className="box-list correct-boxes" aria-label={strings.correcting.boxes}>
        {boxes.map(({ mark, phrase }) => (
          <li
            key={mark.key}
            className="shape"
            data-entity={mark.number}
            data-turn={mark.turn}
            data-box={mark.box.join(',')}
            data-edited={mark.edited}
            style={shapeStyle(mark.number, mark.box)}
          >
            <button
              type="button"
              aria-label={strings.correcting.box(mark.number, phrase, positionWords(mark.box), mark.edited === true)}
              aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
              onFocus={() => onFocus(mark.key)}
              onBlur={() => onFocus(null)}
              onClick={() => select(placeOf(mark))}
            />
            {isChosen(mark, selected) && <Handles />}
          </li>
        ))}
      </ul>
      {fresh && (
        <div className="region-mark sketch" data-fresh style={placedOn(fresh)}>
          <Handles />
        </div>
      )}
    </>
  );
}

function takeFocus(list: HTMLElement | null): void {
  const box = list?.querySelector<HTMLElement>('.shape:has([data-handle]) button') ?? list?.querySelector('button');
  box?.focus({ preventScroll: true });
}

function shapeStyle(number: number, box: UnitBox): CSSProperties {
  return { ...entityStyle(number), ...placedOn(box), color: 'var(--entity)' };
}
