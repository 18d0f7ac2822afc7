import { EMPTY_DRAFT } from '../state/app-state.ts';
import { taskOf } from '../state/draft.ts';
import { readSceneLink } from '../state/scene-link.ts';
import type { App } from '../state/store.ts';

/**
 * Follows a link to a sample scene: shows it and asks what the link asks, or leaves the mode to the composer where words are
 * missing. What is being written stays. The fragment is taken out of the address, so that a reload does not ask again.
 */
export function followLink({ store, actions }: App): void {
  const samples = store.getState().images.filter(({ kind }) => kind === 'sample');
  const link = readSceneLink(location.hash, samples.length);
  const sample = link && samples[link.sample - 1];
  if (!sample) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  actions.showImage(sample.id);
  const task = taskOf({ ...EMPTY_DRAFT, mode: link.mode, words: link.words });
  if (task) actions.ask(task);
  actions.edit({ mode: link.mode });
}
