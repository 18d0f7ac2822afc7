import type { Sample } from '../../evaluation/sample.ts';
import type { Shard } from '../ground/shard.ts';

/** The samples of a shard: pictures are dealt out in turn, and what is asked about one stays together, for it is encoded once. */
export function samplesOfShard(samples: readonly Sample[], { index, count }: Shard): readonly Sample[] {
  const turns = new Map<string, number>();
  for (const { image } of samples) if (!turns.has(image)) turns.set(image, turns.size);
  return samples.filter(({ image }) => (turns.get(image) ?? 0) % count === index);
}
