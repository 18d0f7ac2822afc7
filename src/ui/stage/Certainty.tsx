import type { ReactNode } from 'react';
import type { MarkedBox } from '../../state/marks.ts';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { type Corner, cornerLocations } from './corner-locations.ts';

const CORNERS: readonly Corner[] = ['upperLeft', 'lowerRight'];

interface Props {
  readonly mark: MarkedBox;
  readonly heat: Corner | null;
  readonly onHeat: (corner: Corner | null) => void;
}

/** How sure the model is of a box, quietly, and where else it saw its corners. */
export function Certainty({ mark, heat, onHeat }: Props): ReactNode {
  const turn = useApp((state) => state.turns[mark.turn]);
  // A box that stood in the prompt is certain.
  if (mark.score === null) return null;
  const traced = CORNERS.filter((corner) => cornerLocations(turn, mark, corner));
  return (
    <div className="certainty">
      <p>{strings.boxActions.score(mark.score)}</p>
      {traced.length > 0 && (
        <fieldset>
          <legend>{strings.boxActions.heat}</legend>
          {traced.map((corner) => (
            <button
              key={corner}
              type="button"
              className="heat-toggle"
              aria-pressed={heat === corner}
              onClick={() => onHeat(heat === corner ? null : corner)}
            >
              {strings.boxActions.corners[corner]}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
