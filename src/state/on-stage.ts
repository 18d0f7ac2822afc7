import type { AppState } from './app-state.ts';

/**
 * The state with this picture on the stage. What is pointed at, corrected or asked about was a place of the one before, and
 * so was a question that was being edited: what the composer held before comes back, or its words stay for another one.
 * Regions wait for their picture.
 */
export function onStage({ current, draft, drawn }: AppState, id: string): Partial<AppState> {
  const places = { selected: null, pointed: null, picked: null };
  if (id === current) return { current, ...places };
  const { aside } = draft;
  const isHeld = aside && (aside.words !== '' || aside.choices !== '' || aside.examples.length > 0);
  const left = isHeld ? aside : { ...draft, replaces: null, aside: null };
  return {
    current: id,
    ...places,
    correcting: null,
    draft: { ...left, regions: drawn[id] ?? [] },
    drawn: { ...drawn, [current]: (aside ?? draft).regions },
  };
}
