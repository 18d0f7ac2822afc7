import type { AppState } from './app-state.ts';
import type { PageImage } from './page-image.ts';
import type { Turn } from './turn.ts';

/** The state with some fields of one turn replaced; unchanged where the turn is not there. */
export function changeTurn(state: AppState, id: string, change: Partial<Turn>): Partial<AppState> {
  const turn = state.turns[id];
  return turn ? { turns: { ...state.turns, [id]: { ...turn, ...change } } } : {};
}

/** The state with some fields of one image replaced. */
export function changeImage(state: AppState, id: string, change: Partial<PageImage>): Partial<AppState> {
  return { images: state.images.map((image) => (image.id === id ? { ...image, ...change } : image)) };
}
