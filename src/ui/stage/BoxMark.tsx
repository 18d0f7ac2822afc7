import type { Group as GroupNode } from 'konva/lib/Group.js';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Group, Rect as KonvaRect } from 'react-konva/lib/ReactKonvaCore';
import { grown, type Rect } from './rect.ts';
import type { Emphasis } from './stage-boxes.ts';

/** Width of a box's line in CSS pixels. */
export const LINE = 2.5;

interface Props {
  readonly rect: Rect;
  readonly emphasis: Emphasis;
  readonly colour: string;
  readonly outline: string;
  readonly halo: string;
  readonly onPoint: () => void;
  readonly onLeave: () => void;
  readonly onSelect: () => void;
}

/** A box on the canvas: its line between two contrasting ones, so that it shows on any picture. */
export function BoxMark({ rect, emphasis, colour, outline, halo, onPoint, onLeave, onSelect }: Props): ReactNode {
  const strong = emphasis === 'selected' || emphasis === 'lifted';
  const line = strong ? LINE + 1 : LINE;
  // Beside the line, not below it: where the box is quiet, one would shine through the other.
  const edge = (line + 1) / 2;
  return (
    <Entrance rect={rect} opacity={emphasis === 'quiet' ? 0.4 : 1}>
      {emphasis === 'selected' && (
        <KonvaRect
          {...grown(rect, 4)}
          stroke={halo}
          strokeWidth={4}
          cornerRadius={5}
          shadowColor="#000"
          shadowBlur={6}
          shadowOpacity={0.5}
          listening={false}
        />
      )}
      {[edge, -edge].map((by) => (
        <KonvaRect key={by} {...grown(rect, by)} stroke={outline} strokeWidth={1} cornerRadius={2} listening={false} />
      ))}
      <KonvaRect
        {...rect}
        stroke={colour}
        strokeWidth={line}
        cornerRadius={2}
        // Not seen, but it makes the whole box take the pointer.
        fill="rgba(0,0,0,0)"
        hitStrokeWidth={12}
        preventDefault={false}
        onMouseEnter={onPoint}
        onMouseLeave={onLeave}
        onClick={onSelect}
        onTap={onSelect}
      />
    </Entrance>
  );
}

/** Draws a new box in over 120 ms; not where reduced motion is asked for. */
function Entrance({ rect, opacity, children }: { rect: Rect; opacity: number; children: ReactNode }): ReactNode {
  const group = useRef<GroupNode>(null);
  useLayoutEffect(() => {
    const node = group.current;
    if (!node || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    node.setAttrs({ opacity: 0, scaleX: 0.94, scaleY: 0.94 });
    node.to({ opacity: 1, scaleX: 1, scaleY: 1, duration: 0.12 });
  }, []);
  const centre = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  return (
    <Group opacity={opacity}>
      <Group ref={group} {...centre} offsetX={centre.x} offsetY={centre.y}>
        {children}
      </Group>
    </Group>
  );
}
