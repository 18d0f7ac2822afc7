import { useStore } from 'zustand';
import { storedName } from '../../protocol/stored-address.ts';
import type { AppState, Draft } from '../../state/app-state.ts';
import { transferStore } from '../models/transfer-store.ts';
import { useApp } from './app-context.ts';
import { begunStore } from './begun-store.ts';

/** What is lost where the page is loaded again: nothing, what has begun and is not finished, or also what this browser has not kept. */
export type LostByReload = 'nothing' | 'begun' | 'unkept';

/** What loading the page again would end now. */
export function useLostByReload(): LostByReload {
  const fetching = useStore(transferStore, ({ phase }) => phase === 'running');
  const late = useStore(begunStore, (names) => names.size > 0);
  return useApp((state) => (isUnkept(state) ? 'unkept' : fetching || late || hasBegun(state) ? 'begun' : 'nothing'));
}

function isUnkept({ keeping, unkept }: AppState): boolean {
  return keeping === false || unkept.pictures + unkept.answers > 0;
}

function hasBegun(state: AppState): boolean {
  const { running, opening, correcting, draft } = state;
  const sketched = correcting !== null && correcting.fresh !== null;
  const drafted = isDrafted(draft) || (draft.aside !== null && isDrafted(draft.aside));
  return running !== null || opening > 0 || sketched || drafted || isFetchedUnstored(state);
}

/** Whether the model on its way is one that is opened without being stored. */
function isFetchedUnstored({ engine, using }: AppState): boolean {
  return engine.phase === 'loading' && using !== null && storedName(using) === null;
}

function isDrafted({ words, choices, regions, examples }: Draft): boolean {
  return `${words}${choices}`.trim() !== '' || regions.length + examples.length > 0;
}
