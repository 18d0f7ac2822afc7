import type { Backend } from './backend.ts';
import type { Ort } from './ort.ts';

/** onnxruntime-web's WASM build in Node, on at most `threads` threads: the same graphs and code as in a browser. */
export async function nodeBackend(threads: number): Promise<Backend> {
  const ort: Ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return {
    ort,
    device: null,
    providers: ['wasm'],
    target: { device: 'wasm', activation: 'f32', addedOnly: true },
    info: {
      kind: 'wasm',
      adapter: threads === 1 ? 'CPU, 1 thread' : `CPU, ${threads} threads`,
      activation: 'f32',
      build: 'node',
      wasm: null,
      fallbackReason: null,
    },
  };
}
