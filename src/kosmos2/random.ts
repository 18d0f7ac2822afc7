/**
 * A seedable generator of numbers in 0..1 (1 excluded): mulberry32 by Tommy Ettinger (public domain), 32 bits of state,
 * passes gjrand. Sampling needs repeatability, not secrecy.
 * @param seed whole number from 0 to 2^32 - 1
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
