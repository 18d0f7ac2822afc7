import { type CSSProperties, type PointerEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { GroundedText } from '../../kosmos2/grounded-text.ts';
import type { Place } from '../../state/app-state.ts';
import { type MarkedBox, numberedMarks } from '../../state/marks.ts';
import { BoxList } from '../stage/BoxList.tsx';
import { PaintedBoxes } from '../stage/PaintedBoxes.tsx';
import { under } from '../stage/pick.ts';
import { isAt, placeOf, stageBoxes } from '../stage/stage-boxes.ts';
import { StageView } from '../stage/stage-view.ts';
import { useFollowing } from '../stage/use-following.ts';
import { usePixelRatio } from '../stage/use-pixel-ratio.ts';
import { usePlacement } from '../stage/use-placement.ts';
import { useStageLayout } from '../stage/use-stage-layout.ts';
import { OrNothing } from './OrNothing.tsx';

/** Which box of an answer is meant: `grounded.entities[entity].boxes[box]`. */
export interface PlaceInAnswer {
  readonly entity: number;
  readonly box: number;
}

export interface GroundedPictureProps {
  /** Address of the picture, and its size in pixels, which gives the element its shape before the picture is there. */
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** What the model said, also while it is still saying it; null shows the picture alone. */
  readonly grounded: GroundedText | null;
  /** The box that stands out. */
  readonly selected?: PlaceInAnswer | null;
  /** A box was clicked, tapped or chosen by Enter; null where there is none. */
  readonly onSelect?: (place: PlaceInAnswer | null) => void;
}

const ANSWER = 'answer';
const NONE: readonly [] = [];

/**
 * A picture and the boxes of one answer over it, for pages that have no more of our interface than this. It is as wide as
 * its place. Where the browser gives no canvas the boxes are not painted, but remain for keyboard and screen reader. Needs
 * the style sheet beside it (`kosmos2-web/stage.css`).
 */
export function GroundedPicture(props: GroundedPictureProps): ReactNode {
  const { src, width, height, alt, grounded, selected = null, onSelect } = props;
  const id = useId();
  const [view] = useState(() => new StageView());
  const [pointed, setPointed] = useState<Place | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  /** Whether the press under way began on the picture, with the button that selects. */
  const pressed = useRef(false);
  const picture = useFollowing<HTMLImageElement>(view);
  const above = useFollowing<HTMLDivElement>(view);
  const pixelRatio = usePixelRatio();
  const marks = useMemo(() => (grounded ? marksOf(grounded) : NONE), [grounded]);
  const boxes = useMemo(() => stageBoxes(marks, null), [marks]);
  useStageLayout(frame, view, { id, width, height }, false);
  const placement = usePlacement(boxes, NONE, view);
  // The next answer begins without boxes: what lies where one was pointed at is not pointed at.
  if (pointed && marks.length === 0) setPointed(null);
  const lifted = pointed && marks.some((mark) => isAt(mark, pointed)) ? pointed : null;
  const chosen = marks.find(({ entity, index }) => entity === selected?.entity && index === selected.box);

  const at = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return under(placement.boxes, { x: clientX - left, y: clientY - top })[0]?.mark;
  };
  const choose = (place: Pick<MarkedBox, 'entity'> & { readonly index: number | null }) =>
    onSelect?.({ entity: place.entity, box: place.index ?? 0 });

  return (
    // The list of boxes is for the keyboard; the pointer is caught here, where boxes may lie on one another.
    <div
      ref={frame}
      className="grounded-picture with-boxes"
      data-pointing={lifted !== null || undefined}
      style={{ '--ratio': width / height } as CSSProperties}
      onPointerMove={(event) => {
        const mark = at(event);
        if (mark?.key !== (pointed ? keyOf(pointed) : undefined)) setPointed(mark ? placeOf(mark) : null);
      }}
      onPointerLeave={() => {
        pressed.current = false;
        setPointed(null);
      }}
      onPointerDown={({ button }) => {
        pressed.current = button === 0;
      }}
      onPointerUp={(event) => {
        if (!pressed.current) return;
        pressed.current = false;
        const mark = at(event);
        if (mark) choose(mark);
        else onSelect?.(null);
      }}
    >
      <img
        ref={picture}
        className="picture follows"
        src={src}
        width={width}
        height={height}
        alt={alt}
        draggable={false}
      />
      {view.layout.stage.width > 0 && (
        <OrNothing key={`${src} ${pixelRatio}`}>
          <PaintedBoxes
            placement={placement}
            focus={null}
            pointed={lifted}
            selected={chosen ? placeOf(chosen) : null}
            view={view}
            pixelRatio={pixelRatio}
          />
        </OrNothing>
      )}
      <div ref={above} className="follows above">
        {boxes.length > 0 && <BoxList boxes={boxes} onPoint={setPointed} onSelect={choose} />}
      </div>
    </div>
  );
}

/** Entities are called by their places in the list, whatever was left out of it; those with boxes are numbered for their colours. */
function marksOf(grounded: GroundedText): readonly MarkedBox[] {
  const entities = grounded.entities.map((entity, index) => ({ ...entity, index }));
  let last = 0;
  const numbers = entities.map(({ boxes }) => (boxes.length > 0 ? ++last : 0));
  return numberedMarks(ANSWER, { ...grounded, entities }, numbers);
}

function keyOf({ turn, entity, index }: Place): string {
  return `${turn}/${entity}/${index}`;
}
