/**
 * Whether a checkpoint saved by this version of transformers was run with a causal mask in the image-to-text projection.
 *
 * A latent query should see every image token, and so the published weights were trained. From 4.52 on, however, the
 * projection shares an attention class with the decoder that does not tell torch's `scaled_dot_product_attention` it is
 * bidirectional, and with that default backend query i saw only keys 0..i (found and described in
 * https://github.com/huggingface/transformers/pull/39037; seen in 4.52.4 to 5.13.0, mended by 5.23.0). Weights made or
 * tuned with those versions expect the mask.
 * @param version `transformers_version` of `config.json`; anything that is no version means no mask
 */
export function hasCausalProjection(version: unknown): boolean {
  const match = typeof version === 'string' ? /^(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version) : null;
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return (major === 4 && minor >= 52) || (major === 5 && minor <= 13);
}
