import { type CSSProperties, type ReactNode, useMemo, useRef } from 'react';
import { imageOf, type Place } from '../../state/app-state.ts';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { BoxActions } from './BoxActions.tsx';
import { BoxCanvas } from './BoxCanvas.tsx';
import { BoxList } from './BoxList.tsx';
import { Notices } from './Notices.tsx';
import { stageBoxes } from './stage-boxes.ts';
import { useStageLayout } from './use-stage-layout.ts';

/** The picture as large as it fits, and the boxes over it. */
export function PictureStage(): ReactNode {
  const { id, name, url, width, height, boxes, focus } = useApp(imageOf);
  // Pointing at a phrase of an older answer brings that answer's boxes forward for as long.
  const ahead = useApp(({ pointed, selected }) => phraseTurn(pointed) ?? phraseTurn(selected));
  const shown = ahead ?? focus;
  const drawn = useMemo(() => stageBoxes(boxes, shown), [boxes, shown]);
  const stage = useRef<HTMLElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const layout = useStageLayout(stage, picture);
  return (
    <main
      ref={stage}
      className="stage"
      aria-label={strings.stage.label}
      style={{ '--ratio': width / height } as CSSProperties}
    >
      <img
        ref={picture}
        className="picture"
        src={url}
        width={width}
        height={height}
        alt={strings.stage.picture(name)}
        draggable={false}
      />
      {layout.stage.width > 0 && <BoxCanvas key={id} boxes={drawn} focus={shown} layout={layout} />}
      {drawn.length > 0 && <BoxList boxes={drawn} layout={layout} />}
      <BoxActions boxes={drawn} layout={layout} />
      <Notices />
    </main>
  );
}

function phraseTurn(place: Place | null): string | null {
  return place?.index === null ? place.turn : null;
}
