import type { BackendInfo } from '../protocol/messages.ts';
import type { Backend } from './backend.ts';
import type { Ort } from './ort.ts';

/** onnxruntime-web's WASM build on the CPU, on as many threads as it was told to take. */
export function wasmBackendOf(
  ort: Ort,
  { build, wasm, fallbackReason }: Pick<BackendInfo, 'build' | 'wasm' | 'fallbackReason'>,
): Backend {
  const threads = ort.env.wasm.numThreads ?? 1;
  return {
    ort,
    device: null,
    providers: ['wasm'],
    target: { device: 'wasm', activation: 'f32', addedOnly: true },
    info: {
      kind: 'wasm',
      adapter: threads === 1 ? 'CPU, 1 thread' : `CPU, ${threads} threads`,
      activation: 'f32',
      build,
      wasm,
      fallbackReason,
    },
  };
}
