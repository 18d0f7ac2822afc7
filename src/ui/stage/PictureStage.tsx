import { type CSSProperties, type ReactNode, useDeferredValue, useRef, useState, useSyncExternalStore } from 'react';
import { imageOf } from '../../state/app-state.ts';
import { hasFirstAnswer } from '../../state/first-answer.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { late } from '../common/late.tsx';
import * as strings from '../strings.ts';
import { BoxList } from './BoxList.tsx';
import type { Corner } from './corner-locations.ts';
import { Notices } from './Notices.tsx';
import { Regions } from './Regions.tsx';
import { isChosen } from './stage-boxes.ts';
import type { Tool } from './stage-pointer.ts';
import { StageView } from './stage-view.ts';
import { ToolBar } from './ToolBar.tsx';
import { useBoxShaping } from './use-box-shaping.ts';
import { useByPointer } from './use-by-pointer.ts';
import { useFollowing } from './use-following.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';
import { usePlacement } from './use-placement.ts';
import { useRegionShaping } from './use-region-shaping.ts';
import { useShownBoxes } from './use-shown-boxes.ts';
import { useStageKeys } from './use-stage-keys.ts';
import { useStageLayout } from './use-stage-layout.ts';
import { useStagePointer } from './use-stage-pointer.ts';

// Nothing needs Konva before there is a model or a box.
const BoxCanvas = late(() => import('./BoxCanvas.tsx'));
const BoxActions = late(() => import('./BoxActions.tsx'));
const HeatMap = late(() => import('./HeatMap.tsx'));
// Few answers are corrected.
const CorrectBar = late(() => import('./CorrectBar.tsx'));
const CorrectBoxes = late(() => import('./CorrectBoxes.tsx'));
const CorrectPanel = late(() => import('./CorrectPanel.tsx'));

/** The picture as large as it fits or a person wants it, the boxes over it, and everything done by pointing. */
export function PictureStage(): ReactNode {
  const { id, name, url, preview, width, height } = useApp(imageOf);
  const { point, select } = useActions();
  const { drawn, regions, shown, corrected } = useShownBoxes();
  const ready = useApp(({ engine }) => engine.phase === 'ready');
  // The canvas comes a moment after what made it necessary, so that not both are one long task.
  const paints = useDeferredValue(ready || drawn.length > 0 || regions.length > 0, false);
  // Fetched behind the first answer, to be there when a box is clicked.
  const asks = useApp((state) => state.selected !== null || state.picked !== null || hasFirstAnswer(state));
  const [tool, setTool] = useState<Tool>('select');
  const [heat, setHeat] = useState<{ readonly key: string; readonly corner: Corner } | null>(null);
  const pixelRatio = usePixelRatio();
  const pointing = useApp((state) => state.pointed !== null);
  const [view] = useState(() => new StageView());

  const stage = useRef<HTMLElement>(null);
  const picture = useFollowing<HTMLImageElement>(view, id);
  const above = useFollowing<HTMLDivElement>(view);
  useStageLayout(stage, view, { id, width, height }, corrected);
  // Words first: the boxes of a token are placed and painted in a task of their own.
  const placement = usePlacement(useDeferredValue(drawn), regions, view);
  const selected = useApp((state) => state.selected);
  const chosen = placement.boxes.find(({ mark }) => isChosen(mark, selected));
  const corner = heat && heat.key === chosen?.key ? heat.corner : null;
  // Asked at every frame, but it seldom changes.
  const enlarged = useSyncExternalStore(view.onMove, () => view.zoom > 1);
  // Shapes changed by keys, for people who do not see them.
  const [said, say] = useState('');
  const ofRegions = useRegionShaping(view, say);
  const ofBoxes = useBoxShaping(view, say);
  const shaping = corrected ? ofBoxes : ofRegions;
  const byPointer = useByPointer();
  const panning = useStageKeys(stage, { view, shaping });
  const busy = useStagePointer(stage, view, { tool, panning, placement, shaping, correcting: corrected });

  return (
    <main
      ref={stage}
      className="stage with-boxes"
      aria-label={strings.stage.label}
      aria-keyshortcuts="+ - 0 ArrowLeft ArrowRight ArrowUp ArrowDown"
      data-tool={panning ? 'pan' : tool}
      data-busy={busy ?? undefined}
      data-zoomed={enlarged || undefined}
      data-pointing={pointing || undefined}
      data-correcting={corrected || undefined}
      style={{ '--ratio': width / height } as CSSProperties}
    >
      {/* One of its own for every picture: till the next one is fetched, a browser would go on showing the one before. */}
      <img
        key={id}
        ref={picture}
        className="picture follows"
        style={preview === null ? undefined : { backgroundImage: `url("${preview}")` }}
        src={url}
        width={width}
        height={height}
        alt={strings.stage.picture(name)}
        draggable={false}
      />
      {chosen && corner && <HeatMap mark={chosen.mark} corner={corner} view={view} />}
      {paints && view.layout.stage.width > 0 && (
        <BoxCanvas
          key={`${id} ${pixelRatio}`}
          placement={placement}
          focus={shown}
          alone={corner !== null}
          view={view}
          pixelRatio={pixelRatio}
        />
      )}
      <div ref={above} className="follows above">
        {!corrected && drawn.length > 0 && <BoxList boxes={drawn} onPoint={point} onSelect={select} />}
        {!corrected && <Regions sketch={ofRegions.sketch} shaping={busy === 'shape'} onFocus={ofRegions.reach} />}
        {corrected && <CorrectBoxes boxes={drawn} byPointer={byPointer} onFocus={ofBoxes.reach} />}
      </div>
      <ToolBar tool={tool} onTool={setTool} view={view} />
      {corrected ? (
        <>
          <CorrectBar />
          <CorrectPanel placement={placement} view={view} busy={busy !== null} />
        </>
      ) : (
        asks && (
          <BoxActions
            placement={placement}
            view={view}
            heat={corner}
            onHeat={(shownCorner) => setHeat(chosen && shownCorner ? { key: chosen.key, corner: shownCorner } : null)}
          />
        )
      )}
      <Notices />
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </main>
  );
}
