import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Place } from '../../state/app-state.ts';
import { BoxPainter, type PaintedScene } from './box-painter.ts';
import { BEYOND } from './painted.ts';
import { type Palette, usePalette } from './palette.ts';
import { type Emphasis, emphasisOf, isChosen } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
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
  /** Whether what lies below the selected box is looked at: then it stands alone, and nothing covers it. */
  readonly alone?: boolean;
  readonly view: StageView;
  /** Device pixels per CSS pixel; a canvas keeps the one it was made with. */
  readonly pixelRatio: number;
}

/** The boxes over the picture, painted by Konva: the smallest on top, regions above them, labels above all. */
export function PaintedBoxes(props: PaintedBoxesProps): ReactNode {
  const { view, pixelRatio } = props;
  const palette = usePalette();
  const container = useRef<HTMLDivElement>(null);
  const painter = useRef<BoxPainter>(null);
  const [, fail] = useState(null);
  useLayoutEffect(() => {
    if (!container.current) return;
    const made = new BoxPainter(container.current, view, pixelRatio);
    painter.current = made;
    // Thrown while rendering it reaches the boundary that says so.
    made.ready.catch((reason) =>
      fail(() => {
        throw reason;
      }),
    );
    return () => made.destroy();
  }, [view, pixelRatio]);
  useLayoutEffect(() => painter.current?.show(sceneOf(props, palette)));
  return <div ref={container} className="stage-canvas" style={{ inset: -BEYOND }} />;
}

function sceneOf(
  { placement, focus, pointed, selected, picked = null, alone = false }: PaintedBoxesProps,
  palette: Palette,
): PaintedScene {
  const { picture, fontSize } = placement;
  const { outline, halo, onEntity } = palette;
  const boxes = alone ? placement.boxes.filter(({ mark }) => isChosen(mark, selected)) : placement.boxes;
  const regions = alone ? [] : placement.regions;
  const items = boxes.map((box) => {
    const emphasis: Emphasis = alone ? 'plain' : emphasisOf(box.mark, focus, pointed, selected);
    return { ...box, name: alone ? null : box.name, emphasis };
  });
  const byArea = items.toSorted((a, b) => b.rect.width * b.rect.height - a.rect.width * a.rect.height);
  const byRank = items.toSorted((a, b) => RANK[a.emphasis] - RANK[b.emphasis]);
  const look = (number: number) => ({ fontSize, colour: palette.entity(number), onColour: onEntity });
  return {
    from: picture,
    marks: [
      ...byArea.map(({ mark: { key, box, number }, emphasis }) => ({
        ...{ key, box, emphasis, outline, halo },
        colour: palette.entity(number),
        dashed: false,
      })),
      ...regions.map(({ key, region: { box, number } }) => ({
        ...{ key, box, outline, halo },
        emphasis: 'plain' as const,
        colour: palette.entity(number),
        dashed: number !== picked,
      })),
    ],
    labels: [
      ...byRank.flatMap(({ mark, name, whole, emphasis }) => {
        const label = RANK[emphasis] >= RANK.lifted ? whole : name;
        return label ? [{ ...label, ...look(mark.number), quiet: emphasis === 'quiet' }] : [];
      }),
      ...regions.flatMap(({ region, name, whole }) => {
        const label = region.number === picked ? whole : name;
        return label ? [{ ...label, ...look(region.number), quiet: false }] : [];
      }),
    ],
  };
}
