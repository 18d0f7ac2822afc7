import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { unitBox } from '../../kosmos2/box.ts';
import { columnOf, GRID, rowOf } from '../../kosmos2/patch-index.ts';
import type { MarkedBox } from '../../state/marks.ts';
import { useApp } from '../common/app-context.ts';
import { type Corner, cornerLocations } from './corner-locations.ts';
import { usePalette } from './palette.ts';
import { placedOn } from './placed-on.ts';
import type { StageView } from './stage-view.ts';
import { useFollowing } from './use-following.ts';

const WHOLE = unitBox(0, 0, 1, 1);

interface Props {
  readonly mark: MarkedBox;
  readonly corner: Corner;
  readonly view: StageView;
}

/** The probability of every cell for a corner of a box, as a soft layer between the picture and the boxes. */
export default function HeatMap({ mark, corner, view }: Props): ReactNode {
  const turn = useApp((state) => state.turns[mark.turn]);
  const locations = cornerLocations(turn, mark, corner);
  const colour = usePalette().entity(mark.number);
  const follows = useFollowing<HTMLDivElement>(view);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !locations) return;
    pen.clearRect(0, 0, GRID, GRID);
    pen.fillStyle = colour;
    const most = locations.reduce((high, value) => Math.max(high, value), 0);
    locations.forEach((value, index) => {
      // The root lifts what the model held for possible into sight.
      pen.globalAlpha = most > 0 ? Math.sqrt(value / most) : 0;
      pen.fillRect(columnOf(index), rowOf(index), 1, 1);
    });
  }, [locations, colour]);
  if (!locations) return null;
  // A closer look has its grid on the part it looked at.
  const frame = turn?.task.mode === 'closer' ? turn.task.frame : WHOLE;
  return (
    <div ref={follows} className="follows heat">
      <canvas ref={canvas} width={GRID} height={GRID} style={placedOn(frame)} data-corner={corner} />
    </div>
  );
}
