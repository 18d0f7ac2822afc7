import { AppError, reasonOf, toAppError } from '../protocol/errors.ts';

/** Node has no address. */
const IN_BROWSER = 'location' in globalThis;

/** onnxruntime, Emscripten, WebAssembly and WebGPU report lack of memory in words only. */
const OUT_OF_MEMORY =
  /out[ _]of[ _](device[ _]|host[ _])?memory|not enough memory|could not allocate|failed to allocate|alloc(?:ation)?[ _]failed|cannot enlarge memory|(?:unable|failed) to grow|maximum memory size exceeded|bad_alloc|\bOOM\b/i;
/** A buffer that cannot be mapped any more lost its device, whatever onnxruntime calls it. */
const DEVICE_LOST =
  /device (is|was) lost|lost device|device is destroyed|\[Device[^\]]*\] is lost|MapAsyncStatus::Success was false|CUDA failure|CUBLAS failure|CUDNN failure|887A000[567]/i;

/** What onnxruntime or WebGPU threw, as an error a person can act on; coded errors pass through. */
export function toRuntimeError(thrown: unknown): AppError {
  const error = toAppError(thrown);
  if (error.code !== 'INTERNAL') return error;
  const words = reasonOf(thrown);
  const details = { reason: words.slice(0, 2000) };
  if (OUT_OF_MEMORY.test(words)) return outOfMemory(words, thrown);
  if (DEVICE_LOST.test(words)) return deviceLost(words);
  return new AppError(
    'RUNTIME_FAILED',
    // On which of them it ran is not known here.
    `The model could not be run here: ${words.slice(0, 300)}. Try again. If it ran on a GPU, run it on the CPU (${IN_BROWSER ? 'backend wasm' : '--device wasm'}); if not, get the model again, for its files may be damaged.`,
    details,
    thrown,
  );
}

/** The model, or a part of it, found no room. */
export function outOfMemory(reason: string, cause?: unknown): AppError {
  return new AppError(
    'OUT_OF_MEMORY',
    `There was not enough memory for the model. ${IN_BROWSER ? 'Close other tabs and try again, or choose a smaller model.' : 'End other programs and try again, answer fewer at once (--batch-size), or choose a smaller model.'}`,
    { reason: reason.slice(0, 2000) },
    cause,
  );
}

/** The GPU went away, by a driver reset, an unplugged card or a sleeping machine. */
export function deviceLost(reason: string): AppError {
  return new AppError(
    'DEVICE_LOST',
    'The GPU was lost (a driver reset, or the machine slept). Ask again: the model restarts by itself.',
    { reason: reason.slice(0, 300) },
  );
}
