import type { AppState } from './app-state.ts';
import type { Context } from './context.ts';

/** Changes the state by what an answer tells; after `signal` aborts nothing is told any more. */
export function tell({ store }: Context, signal: AbortSignal, change: (state: AppState) => Partial<AppState>): void {
  if (!signal.aborted) store.setState(change);
}
