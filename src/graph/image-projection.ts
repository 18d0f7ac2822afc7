import type { Kosmos2Config } from '../kosmos2/config.ts';
import { fullAttention } from './full-attention.ts';
import type { GraphScope } from './graph-scope.ts';
import { linear } from './linear.ts';
import type { Value } from './onnx-builder.ts';

const PROJECTION = 'image_to_text_projection';

/**
 * Image tokens `[1, tokens, hiddenSize]` to `[1, latentQueryNum, embedDim]`: the learned latent queries attend, with as
 * many heads as the decoder has and no inner norm, to the projected tokens and to themselves
 * (`Kosmos2ImageToTextProjection` of the reference).
 */
export function imageProjection(scope: GraphScope, config: Kosmos2Config, tokens: Value): Value {
  const { builder } = scope;
  const { embedDim, heads } = config.text;
  const attention = `${PROJECTION}.x_attn`;
  const project = (name: string, from: Value): Value =>
    linear(scope, { prefix: `${attention}.${name}`, inputs: embedDim, outputs: embedDim }, from);

  const dense = { prefix: `${PROJECTION}.dense`, inputs: config.vision.hiddenSize, outputs: embedDim };
  const projected = linear(scope, dense, tokens);
  const latentShape = [config.latentQueryNum, embedDim];
  const latents = scope.parameter(`${PROJECTION}.latent_query`, latentShape, [1, ...latentShape]);
  const attendedTo = builder.node(`${PROJECTION}.keys_and_values`, 'Concat', [projected, latents], {
    axis: { int: 1 },
  });
  const attended = fullAttention(
    scope,
    attention,
    { heads, headSize: embedDim / heads },
    {
      queries: project('q_proj', latents),
      keys: project('k_proj', attendedTo),
      values: project('v_proj', attendedTo),
      ...(config.causalProjection ? { mask: causalMask(scope, config) } : {}),
    },
  );
  return project('out_proj', attended);
}

/** Far below any attention score, so that its exponential is 0, and still a float16. */
const MASKED = -30_000;

/** Added to the scores: query i sees keys 0..i. */
function causalMask(scope: GraphScope, { vision, latentQueryNum }: Kosmos2Config): Value {
  const keys = (vision.imageSize / vision.patchSize) ** 2 + 1 + latentQueryNum;
  const mask = new Float32Array(latentQueryNum * keys);
  for (let query = 0; query < latentQueryNum; query += 1) {
    mask.fill(MASKED, query * keys + query + 1, (query + 1) * keys);
  }
  return scope.constant(`${PROJECTION}.causal_mask`, mask, [1, 1, latentQueryNum, keys]);
}
