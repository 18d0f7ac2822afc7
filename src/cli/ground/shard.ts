import { UsageError } from '../cli.ts';
import type { Item, Row } from './row.ts';

/** One of `count` parts of an input. */
export interface Shard {
  /** From 0, as Slurm and Kubernetes count. */
  readonly index: number;
  readonly count: number;
}

export const WHOLE: Shard = { index: 0, count: 1 };

/** Reads `i/n`. @throws UsageError */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.count >= 1 && shard.index < shard.count) return shard;
  throw new UsageError(`--shard is i/n with i from 0 to n - 1, as in 0/8 to 7/8, not "${text}".`);
}

/**
 * The rows of a shard. Items of one picture in a row stay together, for a picture that repeats is encoded once; the runs
 * are dealt out in turn.
 */
export async function* rowsOf(
  items: AsyncIterable<Item> | Iterable<Item>,
  { index: own, count }: Shard,
): AsyncGenerator<Row, void, void> {
  let index = 0;
  let run = -1;
  let before: string | null = null;
  for await (const item of items) {
    const image = item.error ? null : item.image;
    if (image === null || image !== before) run += 1;
    before = image;
    if (run % count === own) yield { ...item, index };
    index += 1;
  }
}
