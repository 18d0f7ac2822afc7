import { createStore } from 'zustand/vanilla';

/** Names of what has begun in parts of the page that come late, and that loading the page again would end. */
export const begunStore = createStore<ReadonlySet<string>>()(() => new Set());

/** Notes that something has begun, or that it is over. */
export function noteBegun(name: string, begun: boolean): void {
  const before = begunStore.getState();
  if (before.has(name) === begun) return;
  const names = new Set(before);
  if (begun) names.add(name);
  else names.delete(name);
  begunStore.setState(names, true);
}
