import { useSyncExternalStore } from 'react';

/** What some browsers tell of the network (Network Information API). */
type Connection = EventTarget & { readonly saveData?: boolean; readonly type?: string };

/** Whether the connection is paid by the byte, or is to be spared. Not every browser tells. */
export function useMetered(): boolean {
  return useSyncExternalStore(subscribe, isMetered);
}

function connection(): Connection | undefined {
  return (navigator as Navigator & { readonly connection?: Connection }).connection;
}

function isMetered(): boolean {
  return connection()?.saveData === true || connection()?.type === 'cellular';
}

function subscribe(onChange: () => void): () => void {
  const at = connection();
  at?.addEventListener('change', onChange);
  return () => at?.removeEventListener('change', onChange);
}
