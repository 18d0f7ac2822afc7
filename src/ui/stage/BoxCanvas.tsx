import 'konva/lib/shapes/Rect.js';
import 'konva/lib/shapes/Text.js';
import Konva from 'konva/lib/Core.js';
import type { ReactNode } from 'react';
import { Layer, Stage } from 'react-konva/lib/ReactKonvaCore';
import type { Place } from '../../state/app-state.ts';
import type { MarkedBox } from '../../state/marks.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { BoxLabel } from './BoxLabel.tsx';
import { BoxMark, LINE } from './BoxMark.tsx';
import { labelFontSize, measureLabel } from './measure-label.ts';
import { usePalette } from './palette.ts';
import { placeLabels } from './place-labels.ts';
import { grown, onStage } from './rect.ts';
import { type Emphasis, emphasisOf, type StageBox } from './stage-boxes.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';
import type { StageLayout } from './use-stage-layout.ts';

const WIDEST_LABEL = 260;

const RANK: Readonly<Record<Emphasis, number>> = { quiet: 0, plain: 1, lifted: 2, selected: 3 };

interface Props {
  readonly boxes: readonly StageBox[];
  readonly focus: string | null;
  readonly layout: StageLayout;
}

/** The boxes over the picture, drawn by Konva: the smallest on top, labels above all boxes. */
export function BoxCanvas({ boxes, focus, layout }: Props): ReactNode {
  const actions = useActions();
  const pointed = useApp((state) => state.pointed);
  const selected = useApp((state) => state.selected);
  const palette = usePalette();
  const pixelRatio = usePixelRatio();
  Konva.pixelRatio = pixelRatio;

  const { stage, picture } = layout;
  const fontSize = labelFontSize(stage.width);
  const rects = boxes.map(({ mark }) => onStage(mark.box, picture));
  const sizes = boxes.map(({ label }) => measureLabel(label, fontSize, Math.min(WIDEST_LABEL, stage.width)));
  // Labels sit on the outside of the line.
  const outer = rects.map((rect) => grown(rect, LINE / 2));
  const labels = placeLabels(outer, sizes, stage);
  const items = boxes.flatMap(({ mark, label }, index) => {
    const rect = rects[index];
    const labelRect = labels[index];
    if (!rect || !labelRect) return [];
    const emphasis = emphasisOf(mark, focus, pointed, selected);
    return [{ mark, label, rect, labelRect, emphasis, area: rect.width * rect.height, ...handlers(mark, actions) }];
  });
  const byArea = items.toSorted((a, b) => b.area - a.area);
  const byRank = items.toSorted((a, b) => RANK[a.emphasis] - RANK[b.emphasis]);

  return (
    <Stage
      // A canvas keeps the pixel ratio it was made with.
      key={pixelRatio}
      className="stage-canvas"
      style={{ cursor: pointed ? 'pointer' : 'default' }}
      width={stage.width}
      height={stage.height}
      onClick={({ target }) => {
        if (target === target.getStage()) actions.showAllBoxes();
      }}
      onTap={({ target }) => {
        if (target === target.getStage()) actions.showAllBoxes();
      }}
    >
      <Layer>
        {byArea.map(({ mark, rect, emphasis, onPoint, onLeave, onSelect }) => (
          <BoxMark
            key={mark.key}
            rect={rect}
            emphasis={emphasis}
            colour={palette.entity(mark.number)}
            outline={palette.outline}
            halo={palette.halo}
            onPoint={onPoint}
            onLeave={onLeave}
            onSelect={onSelect}
          />
        ))}
        {byRank.map(({ mark, label, labelRect, emphasis, onPoint, onLeave, onSelect }) => (
          <BoxLabel
            key={`label ${mark.key}`}
            rect={labelRect}
            text={label}
            fontSize={fontSize}
            emphasis={emphasis}
            colour={palette.entity(mark.number)}
            onColour={palette.onEntity}
            onPoint={onPoint}
            onLeave={onLeave}
            onSelect={onSelect}
          />
        ))}
      </Layer>
    </Stage>
  );
}

/** The place of one box, as pointing and selecting name it. */
export function placeOf({ turn, entity, index, number }: MarkedBox): Place {
  return { turn, entity, index, number };
}

function handlers(mark: MarkedBox, { point, select }: ReturnType<typeof useActions>) {
  const place = placeOf(mark);
  return { onPoint: () => point(place), onLeave: () => point(null), onSelect: () => select(place) };
}
