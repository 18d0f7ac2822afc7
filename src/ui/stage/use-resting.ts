import { useSyncExternalStore } from 'react';
import type { Rect } from './rect.ts';
import type { StageView } from './stage-view.ts';

/** Where the picture lies on the stage whenever the view is at rest. */
export function useResting(view: StageView): Rect {
  return useSyncExternalStore(view.onRest, view.resting, view.resting);
}
