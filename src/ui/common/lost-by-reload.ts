import { useStore } from 'zustand';
import type { AppState } from '../../state/app-state.ts';
import { transferStore } from '../models/transfer-store.ts';
import { useApp } from './app-context.ts';

/** What is lost where the page is loaded again: nothing, what has begun and is not finished, or also what this browser has not kept. */
export type LostByReload = 'nothing' | 'begun' | 'unkept';

/** What loading the page again would end now. */
export function useLostByReload(): LostByReload {
  const fetching = useStore(transferStore, ({ phase }) => phase === 'running');
  return useApp((state) => (isUnkept(state) ? 'unkept' : fetching || hasBegun(state) ? 'begun' : 'nothing'));
}

function isUnkept({ keeping, unkept }: AppState): boolean {
  return keeping === false || unkept.pictures + unkept.answers > 0;
}

function hasBegun({ running, opening, draft }: AppState): boolean {
  const { words, regions, choices, examples } = draft;
  const isDrafted = `${words}${choices}`.trim() !== '' || regions.length + examples.length > 0;
  return running !== null || opening > 0 || isDrafted;
}
