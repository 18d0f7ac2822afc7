import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../protocol/client.ts';
import type { AppState } from './app-state.ts';

/** What every verb works with. */
export interface Context {
  readonly engine: EngineClient;
  readonly store: StoreApi<AppState>;
  /** Ids of the images the model has been given: another set for each that is opened, so that no late word of one before counts. */
  given: Set<string>;
  /** What is on its way to it, by the picture. */
  readonly giving: Map<string, Promise<void>>;
  /** A new id that sorts after all before it. */
  nextId(kind: string): string;
}
