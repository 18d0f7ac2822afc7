import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { toAppError } from '../protocol/errors.ts';
import { RUNTIME_CACHE } from '../protocol/service-messages.ts';
import { fileMissing } from './file-missing.ts';
import { nextTask } from './next-task.ts';
import type { Ort } from './ort.ts';
import { scriptLost } from './script-lost.ts';
import { startOrt } from './start-ort.ts';

interface LoadedOrt {
  readonly ort: Ort;
  readonly build: 'jspi' | 'asyncify';
  /** Absolute address of its wasm file. */
  readonly wasm: string;
}

let loaded: Promise<LoadedOrt> | undefined;
let askedFor: () => void;
const asked = new Promise<void>((resolve) => {
  askedFor = resolve;
});

/** Resolves when the wasm has been asked for (or cannot be): what is fetched from then on does not stand in its way. */
export function wasmAskedFor(): Promise<void> {
  return asked;
}

/**
 * The one onnxruntime-web build this browser uses: with JavaScript Promise Integration where WebAssembly has it (smaller
 * and faster), with Asyncify elsewhere. Both run on WebGPU and on WASM. Comes compiled.
 * @throws AppError OUT_OF_MEMORY or WORKER_LOST: a worker gets one try, for neither a module whose fetch failed nor
 * onnxruntime's own start is tried a second time
 */
export function loadOrt(): Promise<LoadedOrt> {
  loaded ??= load().finally(askedFor);
  return loaded;
}

async function load(): Promise<LoadedOrt> {
  const build = (await jspiIsWithinReach()) ? 'jspi' : 'asyncify';
  const module: Promise<Ort> = build === 'jspi' ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu');
  const wasm = absolute(build === 'jspi' ? jspiWasm : asyncifyWasm);
  const failed = async (thrown: unknown): Promise<never> => {
    if (toAppError(thrown).code === 'OUT_OF_MEMORY') throw thrown;
    // onnxruntime takes whatever comes for its wasm, and only tells that it is none.
    throw (await fileMissing('onnxruntime-web', wasm)) ?? scriptLost('onnxruntime-web', thrown);
  };
  const ort = await module.catch(failed);
  ort.env.wasm.wasmPaths = { wasm };
  // Threads need a cross-origin isolated page; half the cores leave the page its own.
  const cores = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  ort.env.wasm.numThreads = Math.max(1, Math.min(4, Math.floor(cores / 2)));
  ort.env.logLevel = 'error';
  const started = startOrt(ort).catch(failed);
  void nextTask().then(askedFor);
  await started;
  return { ort, build, wasm };
}

/**
 * A browser update can bring JSPI to a person who has the Asyncify build stored and no network just now: then the stored
 * build still runs.
 */
async function jspiIsWithinReach(): Promise<boolean> {
  if (!('Suspending' in WebAssembly)) return false;
  const isStored = async (url: string) => {
    try {
      return (await caches.match(absolute(url), { cacheName: RUNTIME_CACHE })) !== undefined;
    } catch {
      // A browser that keeps nothing for this site, or lets nobody ask.
      return false;
    }
  };
  if ((await isStored(jspiWasm)) || !(await isStored(asyncifyWasm))) return true;
  return fetch(jspiWasm, { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

const absolute = (url: string) => new URL(url, location.href).href;
