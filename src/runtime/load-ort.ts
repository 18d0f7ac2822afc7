import { AppError } from '../protocol/errors.ts';
import type { Ort } from './ort.ts';

interface LoadedOrt {
  readonly ort: Ort;
  readonly build: 'jspi' | 'asyncify';
}

let loaded: Promise<LoadedOrt> | undefined;

/**
 * The one onnxruntime-web build this browser uses: with JavaScript Promise Integration where WebAssembly has it (smaller
 * and faster), with Asyncify elsewhere. Both run on WebGPU and on WASM.
 */
export function loadOrt(): Promise<LoadedOrt> {
  loaded ??= (
    'Suspending' in WebAssembly
      ? load(import('onnxruntime-web/jspi'), 'jspi')
      : load(import('onnxruntime-web/webgpu'), 'asyncify')
  ).catch((thrown) => {
    loaded = undefined;
    throw thrown;
  });
  return loaded;
}

async function load(module: Promise<Ort>, build: LoadedOrt['build']): Promise<LoadedOrt> {
  const ort = await module.catch((thrown) => {
    throw new AppError(
      'RUNTIME_FAILED',
      'The runtime (onnxruntime-web) could not be fetched. Check the connection, then try again.',
      { build },
      thrown,
    );
  });
  // Threads need a cross-origin isolated page; half the cores leave the page its own.
  const cores = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  ort.env.wasm.numThreads = Math.max(1, Math.min(4, Math.floor(cores / 2)));
  ort.env.logLevel = 'error';
  return { ort, build };
}
