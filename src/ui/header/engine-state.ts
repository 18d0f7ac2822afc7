import type { AppState } from '../../state/app-state.ts';

/** What the engine is doing, in the words of `<html data-engine>`. */
export type EngineState = 'loading' | 'ready' | 'busy' | 'failed';

export function engineState({ engine, running }: AppState): EngineState {
  return engine.phase === 'ready' && running !== null ? 'busy' : engine.phase;
}
