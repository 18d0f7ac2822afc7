/**
 * Kullback-Leibler divergence of two next-token distributions, in nats: how much is lost where `other` stands for `truth`.
 * @param truth logits, `[vocabulary]`; of `other` likewise
 */
export function klDivergence(truth: Float32Array, other: Float32Array): number {
  const [p, q] = [truth, other].map(logNormaliser) as [number, number];
  let sum = 0;
  for (const [id, logit] of truth.entries()) {
    const log = logit - p;
    const probability = Math.exp(log);
    if (probability > 0) sum += probability * (log - ((other[id] as number) - q));
  }
  // Rounding may leave a crumb below 0.
  return Math.max(0, sum);
}

function logNormaliser(logits: Float32Array): number {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}

/** 95% interval of a share by Wilson's score, in 0..1. @param of more than 0 */
export function wilsonInterval(right: number, of: number): readonly [low: number, high: number] {
  const z = 1.96;
  const share = right / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [(middle - spread) / scale, (middle + spread) / scale];
}
