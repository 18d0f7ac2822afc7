import type { Sample } from './sample.ts';

/** A number for a list of samples, another for nearly every other list (FNV-1a, in hex): for those whose ids are but numbers. */
export function samplesHash(samples: readonly Sample[]): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(samples))) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
