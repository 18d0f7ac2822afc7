import type { ReactNode } from 'react';
import { Group, Rect as KonvaRect, Text } from 'react-konva/lib/ReactKonvaCore';
import { LABEL_FONT } from './measure-label.ts';
import type { Rect } from './rect.ts';
import type { Emphasis } from './stage-boxes.ts';

interface Props {
  readonly rect: Rect;
  readonly text: string;
  readonly fontSize: number;
  readonly emphasis: Emphasis;
  readonly colour: string;
  readonly onColour: string;
  readonly onPoint: () => void;
  readonly onLeave: () => void;
  readonly onSelect: () => void;
}

/** Number and phrase of a box, on its colour. */
export function BoxLabel(props: Props): ReactNode {
  const { rect, text, fontSize, emphasis, colour, onColour, onPoint, onLeave, onSelect } = props;
  return (
    <Group x={rect.x} y={rect.y} opacity={emphasis === 'quiet' ? 0.4 : 1}>
      <KonvaRect
        width={rect.width}
        height={rect.height}
        cornerRadius={4}
        fill={colour}
        preventDefault={false}
        onMouseEnter={onPoint}
        onMouseLeave={onLeave}
        onClick={onSelect}
        onTap={onSelect}
      />
      <Text
        width={rect.width}
        height={rect.height}
        text={text}
        fontSize={fontSize}
        fontStyle="600"
        fontFamily={LABEL_FONT}
        fill={onColour}
        align="center"
        verticalAlign="middle"
        wrap="none"
        ellipsis
        listening={false}
      />
    </Group>
  );
}
