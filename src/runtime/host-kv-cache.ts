import type { TextConfig } from '../kosmos2/config.ts';
import type { Backend } from './backend.ts';
import { HostKvArrays } from './host-kv-arrays.ts';
import type { HostKvSnapshot } from './host-kv-snapshot.ts';
import type { CacheType, KvCache, KvFeeds, KvSnapshot } from './kv-cache.ts';
import { kvReturn } from './kv-return.ts';
import type { OrtTensor } from './ort.ts';

/** Cache of one sequence in arrays of this program. */
export class HostKvCache implements KvCache {
  readonly #empty: () => HostKvArrays;
  #arrays: HostKvArrays;

  constructor(backend: Backend, text: TextConfig, type: CacheType) {
    this.#empty = () => new HostKvArrays(backend.ort, text, type, kvReturn(backend));
    this.#arrays = this.#empty();
    this.#arrays.join(null);
  }

  beforeRun(count: number): KvFeeds {
    return this.#arrays.beforeRun(count);
  }

  afterRun(results: Readonly<Record<string, OrtTensor>>, count: number): void {
    this.#arrays.afterRun(results, count);
  }

  truncate(length: number): void {
    this.#arrays.truncate(0, length);
  }

  copy(length: number): HostKvSnapshot {
    return this.#arrays.copy(0, length);
  }

  restore(snapshot: KvSnapshot): void {
    this.#arrays = this.#empty();
    this.#arrays.join(snapshot as HostKvSnapshot);
  }

  dispose(): void {
    this.#arrays = this.#empty();
  }
}
