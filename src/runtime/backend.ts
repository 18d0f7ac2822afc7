import type { GraphTarget } from '../graph/onnx-graph.ts';
import type { BackendInfo } from '../protocol/messages.ts';
import type { Ort, Provider } from './ort.ts';

/** What runs the graphs: an onnxruntime, where its sessions go, and the GPU device the KV cache lives on. */
export interface Backend {
  readonly ort: Ort;
  readonly info: BackendInfo;
  readonly target: GraphTarget;
  readonly providers: readonly Provider[];
  /** Device for buffers that are bound in place; null where tensors are handed over as arrays. */
  readonly device: GPUDevice | null;
}
