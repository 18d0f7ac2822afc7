import { QUANTIZATION_BLOCK } from '../tensors/weight-index.ts';

/** Most groups of inputs with scales of their own, and the fewest inputs of one: more would cost time, fewer accuracy. */
export const MOST_GROUPS = 8;
const LEAST_INPUTS = 256;

/** In how many groups of whole blocks the inputs go; in one where blocks do not divide them. */
export function groupsOf(inputs: number): number {
  const fits = (groups: number) => inputs % (groups * QUANTIZATION_BLOCK) === 0 && inputs / groups >= LEAST_INPUTS;
  let groups = MOST_GROUPS;
  while (groups > 1 && !fits(groups)) groups -= 1;
  return groups;
}
