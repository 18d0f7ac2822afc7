import type { AppState } from './app-state.ts';

/**
 * The state with this picture on the stage. What is pointed at, corrected or asked about was a place of the one before; of a
 * question about it that was being edited the words stay, for another one.
 */
export function onStage({ current, draft }: AppState, id: string): Partial<AppState> {
  const places = { selected: null, pointed: null, picked: null };
  if (id === current) return { current, ...places };
  const aside = draft.aside && { ...draft.aside, regions: [] };
  return { current: id, ...places, correcting: null, draft: { ...draft, regions: [], replaces: null, aside } };
}
