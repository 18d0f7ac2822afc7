import { memo, type ReactNode, useSyncExternalStore } from 'react';
import * as strings from '../strings.ts';
import type { Tool } from './stage-pointer.ts';
import type { StageView } from './stage-view.ts';
import { ZOOM_STEP } from './use-stage-keys.ts';

/** Icons of 20 x 20, drawn as lines. */
const ICONS = {
  select: 'M5 3.5l4.2 12 1.7-5 5-1.7z',
  region: 'M3.5 6.5v-3h3M10 3.5h.5M13.5 3.5h3v3M16.5 10v.5M16.5 13.5v3h-3M10 16.5h-.5M6.5 16.5h-3v-3M3.5 10v-.5',
  pan: 'M10 3v14M3 10h14M10 3L8 5M10 3l2 2M10 17l-2-2M10 17l2-2M3 10l2-2M3 10l2 2M17 10l-2-2M17 10l-2 2',
  in: 'M13 13l4 4M8.5 14a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM8.5 6v5M6 8.5h5',
  out: 'M13 13l4 4M8.5 14a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM6 8.5h5',
  fit: 'M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13',
} as const;

const TOOLS: readonly Tool[] = ['select', 'region', 'pan'];

interface Props {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly view: StageView;
}

/** What the pointer does on the stage, and how large the picture is. */
export const ToolBar = memo(function ToolBar({ tool, onTool, view }: Props): ReactNode {
  // A string changes seldom: a frame of a movement renders nothing here.
  const reach = useSyncExternalStore(view.onMove, () => reachOf(view));
  return (
    <div className="tools" role="toolbar" aria-label={strings.tools.label} data-apart>
      {TOOLS.map((each) => (
        <ToolButton
          key={each}
          icon={each}
          words={strings.tools[each]}
          pressed={each === tool}
          run={() => onTool(each)}
        />
      ))}
      <ToolButton icon="in" words={strings.tools.in} off={reach === 'most'} run={() => view.zoomBy(ZOOM_STEP)} />
      <ToolButton icon="out" words={strings.tools.out} off={reach === 'fit'} run={() => view.zoomBy(1 / ZOOM_STEP)} />
      <ToolButton icon="fit" words={strings.tools.fit} off={reach === 'fit'} run={() => view.fit()} />
    </div>
  );
});

function reachOf(view: StageView): 'fit' | 'between' | 'most' {
  if (view.zoom === 1) return 'fit';
  return view.zoom < view.layout.most ? 'between' : 'most';
}

interface ButtonProps {
  readonly icon: keyof typeof ICONS;
  readonly words: string;
  readonly pressed?: boolean;
  /** There is nothing to do: said, but not taken out of reach, so that the focus stays. */
  readonly off?: boolean;
  run(): void;
}

function ToolButton({ icon, words, pressed, off = false, run }: ButtonProps): ReactNode {
  return (
    <button type="button" aria-label={words} title={words} aria-pressed={pressed} aria-disabled={off} onClick={run}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d={ICONS[icon]} />
      </svg>
    </button>
  );
}
