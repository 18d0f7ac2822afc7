import type { Backend } from './backend.ts';
import type { Ort } from './ort.ts';
import { wasmBackendOf } from './wasm-backend.ts';

/** onnxruntime-web's WASM build in Node, on at most `threads` threads: the same graphs and code as in a browser. */
export async function nodeBackend(threads: number): Promise<Backend> {
  const ort: Ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return wasmBackendOf(ort, { build: 'node', wasm: null, fallbackReason: null });
}
