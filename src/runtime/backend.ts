import type { GraphTarget } from '../graph/onnx-graph.ts';
import type { BackendInfo } from '../protocol/messages.ts';
import type { Ort, Provider, SessionOptions } from './ort.ts';

/** What runs the graphs: an onnxruntime, where its sessions go, and the GPU device the KV cache lives on. */
export interface Backend {
  readonly ort: Ort;
  readonly info: BackendInfo;
  readonly target: GraphTarget;
  readonly providers: readonly Provider[];
  /** Device for buffers that are bound in place; null where tensors are handed over as arrays. */
  readonly device: GPUDevice | null;
  /** Only of onnxruntime's native build. */
  readonly native?: {
    /** What its sessions are told besides. */
    readonly options: SessionOptions;
    /** Whether a run may write its keys and values into the arrays they are read from. */
    readonly inPlace: boolean;
  };
}
