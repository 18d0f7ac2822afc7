import { useMemo } from 'react';
import type { Region } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { labelFontSize, measureLabel, shortened } from './measure-label.ts';
import { LINE } from './painted.ts';
import type { Pickable } from './pick.ts';
import { type LabelPlace, type LabelSize, placeLabels } from './place-labels.ts';
import { grown, onStage, type Rect } from './rect.ts';
import type { StageBox } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import { useResting } from './use-resting.ts';

const WIDEST_LABEL = 260;

/** A label as it is painted. */
export interface Label {
  readonly text: string;
  readonly rect: Rect;
}

interface Placed extends Pickable {
  /** Null where there is no room for it, or what it names is out of sight. */
  readonly name: Label | null;
  /** The whole label, for what is pointed at or selected: it may cover others. */
  readonly whole: Label;
}

export interface PlacedBox extends StageBox, Placed {}

export interface PlacedRegion extends Placed {
  readonly region: Region;
}

/** Where everything lies while the view is at rest. */
export interface Placement {
  readonly boxes: readonly PlacedBox[];
  readonly regions: readonly PlacedRegion[];
  /** Where the picture lies: what all rectangles are relative to. */
  readonly picture: Rect;
  readonly fontSize: number;
}

/** Places the labels of boxes and regions whenever the view comes to rest or they change; regions give way to boxes. */
export function usePlacement(boxes: readonly StageBox[], regions: readonly Region[], view: StageView): Placement {
  const picture = useResting(view);
  const { stage } = view.layout;
  // Asking for a style makes the browser reckon all of them.
  const fontSize = useMemo(() => labelFontSize(stage.width), [stage.width]);
  return useMemo(() => {
    const widest = Math.min(WIDEST_LABEL, stage.width);
    const texts = [
      ...boxes.map(({ mark, label }) => [shortened(label, fontSize, widest), String(mark.number)] as const),
      ...regions.map(({ number }) => [strings.composer.region(number), String(number)] as const),
    ];
    const size = (text: string) => measureLabel(text, fontSize);
    const sizes = texts.map(([whole, short]) => [size(whole), size(short)] as const);
    const rects = [...boxes.map(({ mark }) => mark.box), ...regions.map(({ box }) => box)].map((box) =>
      onStage(box, picture),
    );
    // Labels sit on the outside of the line.
    const outer = rects.map((rect) => grown(rect, LINE / 2));
    const places = placeLabels(outer, sizes, stage);
    const placed = texts.map(([whole, short], index): Omit<Placed, 'key'> => {
      const rect = rects[index] ?? picture;
      const place = places[index] ?? null;
      return {
        rect,
        name: place && { text: place.short ? short : whole, rect: place.rect },
        whole: { text: whole, rect: wholeRect(rect, place, size(whole), stage) },
        tag: place?.rect ?? null,
      };
    });
    const at = (index: number) => placed[index] as Omit<Placed, 'key'>;
    return {
      boxes: boxes.map((box, index) => ({ ...box, ...at(index), key: box.mark.key })),
      regions: regions.map((region, index) => ({
        region,
        ...at(boxes.length + index),
        key: `region ${region.number}`,
      })),
      picture,
      fontSize,
    };
  }, [boxes, regions, picture, stage, fontSize]);
}

/** Where the whole label goes: where it was placed, otherwise above its box, moved onto the stage. */
function wholeRect(box: Rect, place: LabelPlace | null, size: LabelSize, stage: Rect): Rect {
  if (place && !place.short) return place.rect;
  const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most));
  return {
    x: clamp(box.x, stage.width - size.width),
    y: clamp(box.y - size.height, stage.height - size.height),
    ...size,
  };
}
