import type * as OrtModule from 'onnxruntime-web';

/**
 * The part of onnxruntime's JavaScript interface that the engine uses. onnxruntime-web (any build) and onnxruntime-node
 * both have it, so the engine is handed one and never imports one.
 */
export type Ort = Pick<typeof OrtModule, 'InferenceSession' | 'Tensor' | 'env'>;

export type Session = OrtModule.InferenceSession;
export type SessionOptions = OrtModule.InferenceSession.SessionOptions;
export type Provider = OrtModule.InferenceSession.ExecutionProviderConfig;
export type OrtTensor = OrtModule.Tensor;
