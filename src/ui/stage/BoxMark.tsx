import type { Shape as ShapeNode } from 'konva/lib/Shape.js';
import { memo, type ReactNode, useLayoutEffect, useRef } from 'react';
import { Shape } from 'react-konva/lib/ReactKonvaCore';
import type { UnitBox } from '../../kosmos2/box.ts';
import { LINE, painted } from './painted.ts';
import { grown, onStage, overlap, type Rect } from './rect.ts';
import type { Emphasis } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';

interface Props {
  readonly box: UnitBox;
  readonly view: StageView;
  readonly emphasis: Emphasis;
  readonly colour: string;
  readonly outline: string;
  readonly halo: string;
}

/** A box on the canvas, painted where the picture is at that moment: its line is as thin at any zoom. */
export const BoxMark = memo(function BoxMark({ box, view, emphasis, colour, outline, halo }: Props): ReactNode {
  const node = useRef<ShapeNode>(null);
  useEntrance(node);
  return (
    <Shape
      ref={node}
      opacity={emphasis === 'quiet' ? 0.4 : 1}
      listening={false}
      sceneFunc={({ _context: pen }, shape) => {
        const entrance: number = shape.getAttr('entrance') ?? 1;
        const whole = onStage(box, view.picture);
        const rect = entrance < 1 ? grown(whole, -0.03 * (1 - entrance) * Math.min(whole.width, whole.height)) : whole;
        if (overlap(grown(rect, LINE), painted(view)) === 0) return;
        pen.globalAlpha *= entrance;
        if (emphasis === 'selected') paintHalo(pen, rect, halo);
        paintLine(pen, rect, emphasis === 'selected' || emphasis === 'lifted' ? LINE + 1 : LINE, colour, outline);
      }}
    />
  );
});

/** The line between two contrasting ones, so that it shows on any picture. */
function paintLine(pen: CanvasRenderingContext2D, rect: Rect, line: number, colour: string, outline: string): void {
  // Beside the line, not below it: where the box is quiet, one would shine through the other.
  const edge = (line + 1) / 2;
  pen.lineWidth = 1;
  pen.strokeStyle = outline;
  stroke(pen, grown(rect, edge));
  stroke(pen, grown(rect, -edge));
  pen.lineWidth = line;
  pen.strokeStyle = colour;
  stroke(pen, rect);
}

function paintHalo(pen: CanvasRenderingContext2D, rect: Rect, halo: string): void {
  pen.save();
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = halo;
  pen.shadowColor = 'rgb(0 0 0 / 50%)';
  pen.shadowBlur = 8;
  stroke(pen, grown(rect, 4));
  pen.restore();
}

function stroke(pen: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  pen.strokeRect(x, y, width, height);
}

/** Draws a new box in over 120 ms; not where reduced motion is asked for. */
function useEntrance(shape: { readonly current: ShapeNode | null }): void {
  useLayoutEffect(() => {
    const node = shape.current;
    if (!node || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    node.setAttr('entrance', 0);
    node.to({ entrance: 1, duration: 0.12 });
  }, [shape]);
}
