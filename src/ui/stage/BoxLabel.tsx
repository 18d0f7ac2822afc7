import { memo, type ReactNode } from 'react';
import { Shape } from 'react-konva/lib/ReactKonvaCore';
import { labelFont } from './measure-label.ts';
import { painted } from './painted.ts';
import { overlap, type Rect } from './rect.ts';
import type { Emphasis } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';

interface Props {
  /** Where it was placed when the picture was at `from`. */
  readonly rect: Rect;
  readonly from: Rect;
  readonly view: StageView;
  readonly text: string;
  readonly fontSize: number;
  readonly emphasis: Emphasis;
  readonly colour: string;
  readonly onColour: string;
}

/** Number and phrase of a box, on its colour. While the view moves it stays at its point of the picture. */
export const BoxLabel = memo(function BoxLabel(props: Props): ReactNode {
  const { rect, from, view, text, fontSize, emphasis, colour, onColour } = props;
  return (
    <Shape
      opacity={emphasis === 'quiet' ? 0.4 : 1}
      listening={false}
      sceneFunc={({ _context: pen }) => {
        const { picture } = view;
        const x = picture.x + ((rect.x - from.x) * picture.width) / from.width;
        const y = picture.y + ((rect.y - from.y) * picture.height) / from.height;
        if (overlap({ ...rect, x, y }, painted(view)) === 0) return;
        pen.fillStyle = colour;
        pen.beginPath();
        pen.roundRect(x, y, rect.width, rect.height, 4);
        pen.fill();
        pen.font = labelFont(fontSize);
        pen.textAlign = 'center';
        pen.textBaseline = 'middle';
        pen.fillStyle = onColour;
        pen.fillText(text, x + rect.width / 2, y + rect.height / 2 + fontSize * 0.06);
      }}
    />
  );
});
