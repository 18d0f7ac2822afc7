import { type KeyboardEvent, memo, type ReactNode, useState } from 'react';
import type { Place } from '../../state/app-state.ts';
import { entityStyle } from '../common/entity-style.ts';
import { listStep } from '../common/list-step.ts';
import * as strings from '../strings.ts';
import { placedOn } from './placed-on.ts';
import { positionWords } from './position-words.ts';
import { placeOf, type StageBox } from './stage-boxes.ts';

interface Props {
  readonly boxes: readonly StageBox[];
  readonly onPoint: (place: Place | null) => void;
  readonly onSelect: (place: Place) => void;
}

/**
 * The boxes once more as a list of buttons in their places: one stop of the Tab key, arrows go from box to box, and a
 * screen reader says where each is. The pointer goes through it to the canvas.
 */
export const BoxList = memo(function BoxList({ boxes, onPoint, onSelect }: Props): ReactNode {
  const [reached, setReached] = useState(0);
  const stop = Math.min(reached, boxes.length - 1);

  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void {
    const next = listStep(event.key, stop, boxes.length);
    if (next === null) return;
    event.preventDefault();
    // Here arrows go from box to box; on the stage they pan.
    event.stopPropagation();
    event.currentTarget.closest('ul')?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <ul className="box-list" aria-label={strings.stage.boxes}>
      {boxes.map(({ mark, phrase }, index) => (
        <li
          key={mark.key}
          data-entity={mark.number}
          data-turn={mark.turn}
          data-box={mark.box.join(',')}
          style={{ ...entityStyle(mark.number), color: 'var(--entity)' }}
        >
          <button
            type="button"
            tabIndex={index === stop ? 0 : -1}
            aria-label={strings.stage.box(mark.number, phrase, positionWords(mark.box))}
            style={placedOn(mark.box)}
            onFocus={() => {
              setReached(index);
              onPoint(placeOf(mark));
            }}
            onBlur={() => onPoint(null)}
            onClick={() => onSelect(placeOf(mark))}
            onKeyDown={onKeyDown}
          />
        </li>
      ))}
    </ul>
  );
});
