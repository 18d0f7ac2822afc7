import { layerCacheNames } from '../graph/onnx-graph.ts';
import type { TextConfig } from '../kosmos2/config.ts';
import type { OrtTensor } from './ort.ts';

/**
 * Positions the cache holds unless the model knows fewer: a picture, a long question and a long answer. At full size one
 * position costs 197 kB in float16 (24 layers of keys and values), so this is 202 MB.
 */
const MOST_POSITIONS = 1024;

/** Positions the cache of a model holds. */
export function kvCapacity({ maxPositions }: TextConfig): number {
  return Math.min(maxPositions, MOST_POSITIONS);
}

/** Type a cache's numbers have. */
export type CacheType = 'float32' | 'float16';

/** What goes into a decoder run, and the tensors it writes into (null where onnxruntime allocates one). */
export interface KvFeeds {
  readonly inputs: Readonly<Record<string, OrtTensor>>;
  readonly outputs: Readonly<Record<string, OrtTensor | null>>;
}

/** Keys and values of the positions seen so far, for every layer. */
export interface KvCache {
  /** Copies the first `length` positions. */
  copy(length: number): KvSnapshot;
  /** Puts a copy made of this cache in place of what is in it. */
  restore(snapshot: KvSnapshot): void;
  /** Makes ready for a run of `count` more positions. */
  beforeRun(count: number): KvFeeds;
  /** Takes what that run returned. */
  afterRun(results: Readonly<Record<string, OrtTensor>>, count: number): void;
  /** Forgets every position from `length` on. */
  truncate(length: number): void;
  dispose(): void;
}

/** A copy of the first positions of a cache. */
export interface KvSnapshot {
  readonly length: number;
  readonly bytes: number;
  /** Whether there was memory for it; where there was none, it turns to false a moment after it was made. */
  readonly isThere: boolean;
  release(): void;
}

/** What the graph calls every layer's keys and values: as they go in, with a run's own added, and these alone. */
export interface CacheNames {
  readonly past: string;
  readonly present: string;
  readonly added: string;
}

export function cacheNames({ layers }: TextConfig): CacheNames[] {
  return Array.from({ length: layers }, (_, layer) => layerCacheNames(layer)).flatMap((names) => [
    { past: names.pastKey, present: names.presentKey, added: names.addedKey },
    { past: names.pastValue, present: names.presentValue, added: names.addedValue },
  ]);
}

/** Shape of one layer's keys or values in a cache of `positions`. */
export function cacheShape({ heads, embedDim }: TextConfig, positions: number): number[] {
  return [1, heads, positions, embedDim / heads];
}
