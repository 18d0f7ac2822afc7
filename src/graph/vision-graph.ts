import type { Kosmos2Config } from '../kosmos2/config.ts';
import type { WeightIndex } from '../tensors/weight-index.ts';
import { clipTower } from './clip-tower.ts';
import { GraphScope } from './graph-scope.ts';
import { imageProjection } from './image-projection.ts';
import { OnnxBuilder } from './onnx-builder.ts';
import type { GraphTarget, OnnxGraph } from './onnx-graph.ts';

/**
 * The graph that turns a picture into the rows the decoder sees.
 *
 * Input `pixel_values` float32 `[1, channels, size, size]`, normalised; output `image_embeds` float32
 * `[1, latentQueryNum, embedDim]`.
 * @throws TensorError TENSOR_FILE_INVALID when a weight is missing or has another shape than the config calls for
 */
export function buildVisionGraph(config: Kosmos2Config, weights: WeightIndex, target: GraphTarget): OnnxGraph {
  const builder = new OnnxBuilder('kosmos2_vision', target.derivedFile);
  const scope = new GraphScope(builder, weights, { ...target, manyRows: true });
  const { channels, imageSize } = config.vision;
  const pixels = scope.builder.input('pixel_values', 'float32', [1, channels, imageSize, imageSize]);
  const tokens = clipTower(scope, config.vision, scope.fromFloat32('pixel_values:activations', pixels));
  const embeds = imageProjection(scope, config, tokens);
  scope.outputFloat32('image_embeds', embeds, [1, config.latentQueryNum, config.text.embedDim]);
  return scope.builder.build();
}
