import { memo, type ReactNode } from 'react';
import { columnOf, GRID, type PatchPair, patchPairToBox, rowOf } from '../../kosmos2/patch-index.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import * as strings from '../strings.ts';
import { Handles } from './Handles.tsx';
import { placedOn } from './placed-on.ts';
import { positionWords } from './position-words.ts';

interface Props {
  /** The region being drawn. */
  readonly sketch: PatchPair | null;
  /** Whether one is being moved or resized. */
  readonly shaping: boolean;
  readonly onFocus: (number: number | null) => void;
}

/** The regions of the question over the picture, each a button for the keyboard; the selected one with its handles. */
export const Regions = memo(function Regions({ sketch, shaping, onFocus }: Props): ReactNode {
  const regions = useApp((state) => state.draft.regions);
  const picked = useApp((state) => state.picked);
  const shaped = shaping ? regions.find(({ number }) => number === picked)?.patches : undefined;
  const cells = sketch ?? shaped;
  return (
    <>
      {cells && <Cells patches={cells} />}
      {regions.length > 0 && (
        <ul className="regions" aria-label={strings.stage.regions}>
          {regions.map((region) => (
            <RegionMark key={region.number} region={region} picked={region.number === picked} onFocus={onFocus} />
          ))}
        </ul>
      )}
      {sketch && <div className="region-mark sketch" style={placedOn(patchPairToBox(sketch))} />}
    </>
  );
});

interface MarkProps {
  readonly region: Region;
  readonly picked: boolean;
  readonly onFocus: (number: number | null) => void;
}

function RegionMark({ region, picked, onFocus }: MarkProps): ReactNode {
  const { pickRegion } = useActions();
  const { number, box, patches } = region;
  return (
    <li
      className="region-mark"
      data-region={number}
      data-patches={`${patches.upperLeft},${patches.lowerRight}`}
      data-picked={picked || undefined}
      style={{ ...entityStyle(number), ...placedOn(box) }}
    >
      <button
        type="button"
        aria-label={strings.stage.region(number, positionWords(box))}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
        onFocus={() => onFocus(number)}
        onBlur={() => onFocus(null)}
        onClick={() => pickRegion(number)}
      />
      {picked && <Handles />}
    </li>
  );
}

/** The grid the region snaps to, and the two cells that stand for it, each with its location token. */
function Cells({ patches: { upperLeft, lowerRight } }: { patches: PatchPair }): ReactNode {
  return (
    <div className="cells" aria-hidden="true">
      {Object.entries({ first: upperLeft, second: lowerRight }).map(([corner, index]) => (
        <span
          key={corner}
          className="cell"
          data-corner={corner}
          data-edge={edgeOf(rowOf(index))}
          data-half={columnOf(index) < GRID / 2 ? 'left' : 'right'}
          style={placedOn(patchPairToBox({ upperLeft: index, lowerRight: index }))}
        >
          <code>{strings.stage.location(index)}</code>
        </span>
      ))}
    </div>
  );
}

/** Whether a row is so near to an edge of the picture that its token goes to the other side of it. */
function edgeOf(row: number): 'upper' | 'lower' | undefined {
  if (row < 2) return 'upper';
  return row >= GRID - 2 ? 'lower' : undefined;
}
