import { createStore } from 'zustand/vanilla';

/** What the page can say about working without a network. */
export interface OfflineState {
  /** True once everything the page needs is stored, and not before. */
  readonly offline: boolean;
  /** A newer version that is stored and waits; null when there is none. */
  readonly update: ServiceWorker | null;
  /** Other windows that keep the newer version waiting, counted when it was asked to take over and whenever this one is looked at again. */
  readonly otherWindows: number;
}

export const offlineStore = createStore<OfflineState>()(() => ({ offline: false, update: null, otherWindows: 0 }));
