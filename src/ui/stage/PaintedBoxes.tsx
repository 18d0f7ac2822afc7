import Konva from 'konva/lib/Core.js';
import type { Layer as LayerNode } from 'konva/lib/Layer.js';
import { type ReactNode, useRef } from 'react';
import { Layer, Stage } from 'react-konva/lib/ReactKonvaCore';
import type { Place } from '../../state/app-state.ts';
import { BoxLabel } from './BoxLabel.tsx';
import { BoxMark } from './BoxMark.tsx';
import { BEYOND } from './painted.ts';
import { usePalette } from './palette.ts';
import { type Emphasis, emphasisOf } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import { usePaced } from './use-paced.ts';
import { usePainting } from './use-painting.ts';
import type { Placement } from './use-placement.ts';

const RANK: Readonly<Record<Emphasis, number>> = { quiet: 0, plain: 1, lifted: 2, selected: 3 };

export interface PaintedBoxesProps {
  readonly placement: Placement;
  /** The turn whose boxes stand out; null shows all alike. */
  readonly focus: string | null;
  /** What the pointer or the keyboard is on, and what was chosen. */
  readonly pointed: Place | null;
  readonly selected: Place | null;
  /** Number of the region that was chosen. */
  readonly picked?: number | null;
  readonly view: StageView;
  /** Device pixels per CSS pixel; a canvas keeps the one it was made with. */
  readonly pixelRatio: number;
}

/**
 * The boxes over the picture, painted by Konva: the smallest on top, labels above all boxes. Where the pointer is, it
 * does not ask: the stage finds what is under a point by itself (pick.ts), so there is no second canvas to keep.
 */
export function PaintedBoxes({
  placement,
  focus,
  pointed,
  selected,
  picked = null,
  view,
  pixelRatio,
}: PaintedBoxesProps): ReactNode {
  const palette = usePalette();
  Konva.pixelRatio = pixelRatio;
  const layer = useRef<LayerNode>(null);
  const canvas = useRef<HTMLDivElement>(null);
  usePainting(canvas, layer, view);

  const { regions, picture, fontSize } = placement;
  const boxes = usePaced(placement.boxes);
  const { stage } = view.layout;
  const items = boxes.map((box) => ({ ...box, emphasis: emphasisOf(box.mark, focus, pointed, selected) }));
  const byArea = items.toSorted((a, b) => b.rect.width * b.rect.height - a.rect.width * a.rect.height);
  const byRank = items.toSorted((a, b) => RANK[a.emphasis] - RANK[b.emphasis]);
  const look = (number: number) => ({
    from: picture,
    view,
    fontSize,
    colour: palette.entity(number),
    onColour: palette.onEntity,
  });
  return (
    <div ref={canvas} className="stage-canvas" style={{ inset: -BEYOND }}>
      <Stage width={stage.width + 2 * BEYOND} height={stage.height + 2 * BEYOND} listening={false}>
        <Layer ref={layer} x={BEYOND} y={BEYOND} listening={false}>
          {byArea.map(({ mark, emphasis }) => (
            <BoxMark
              key={mark.key}
              box={mark.box}
              view={view}
              emphasis={emphasis}
              colour={palette.entity(mark.number)}
              outline={palette.outline}
              halo={palette.halo}
            />
          ))}
          {byRank.map(({ mark, name, whole, emphasis }) => {
            const label = RANK[emphasis] >= RANK.lifted ? whole : name;
            return (
              label && <BoxLabel key={`label ${mark.key}`} {...label} {...look(mark.number)} emphasis={emphasis} />
            );
          })}
          {regions.map(({ key, region, name, whole }) => {
            const label = region.number === picked ? whole : name;
            return label && <BoxLabel key={key} {...label} {...look(region.number)} emphasis="plain" />;
          })}
        </Layer>
      </Stage>
    </div>
  );
}
