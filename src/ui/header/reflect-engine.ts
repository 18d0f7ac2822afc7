import type { App } from '../../state/store.ts';
import { engineState } from './engine-state.ts';

/** Writes `data-engine` and `data-backend` on an element, for styles and tests, and keeps them true. */
export function reflectEngine({ store }: App, element: HTMLElement): void {
  const reflect = (state: ReturnType<typeof store.getState>) => {
    element.dataset.engine = engineState(state);
    if (state.engine.phase === 'ready') element.dataset.backend = state.engine.model.backend.kind;
    else delete element.dataset.backend;
  };
  reflect(store.getState());
  store.subscribe(reflect);
}
