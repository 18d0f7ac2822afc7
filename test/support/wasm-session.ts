import * as ort from 'onnxruntime-web';
import { type CreateSession, externalData } from './graph-model.ts';

/** Sessions on the WASM backend; a graph made for WebGPU runs there too, only slower. */
export const createWasmSession: CreateSession = (graph, shards) =>
  ort.InferenceSession.create(graph.model, {
    executionProviders: ['wasm'],
    externalData: externalData(graph, shards),
    logSeverityLevel: 3,
  });
