import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppState } from '../../state/app-state.ts';
import type { Actions, App } from '../../state/store.ts';

const AppContext = createContext<App | null>(null);

export const AppProvider = AppContext.Provider;

function useAppContext(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('This component must be inside an AppProvider.');
  return app;
}

/** A part of the state; the component renders again only when that part is another one. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppContext().store, select);
}

/** The store itself, for what reads it once and need not render again. */
export function useAppStore(): App['store'] {
  return useAppContext().store;
}

export function useActions(): Actions {
  return useAppContext().actions;
}
