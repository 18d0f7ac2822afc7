import { expect, it } from 'vitest';
import { toRuntimeError } from '../../../src/runtime/runtime-error.ts';

it.each([
  'std::bad_alloc',
  'RangeError: WebAssembly.Memory(): could not allocate memory',
  'WebAssembly.Memory.grow(): Unable to grow instance memory',
  'WebAssembly.Memory.grow(): Maximum memory size exceeded',
  'failed to grow memory',
  'Aborted(OOM)',
  'Cannot enlarge memory arrays',
  'VK_ERROR_OUT_OF_DEVICE_MEMORY',
  'Out of memory',
  'Not enough memory left to create the buffer',
  'failed to allocate a buffer of 1073741824 bytes',
  'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED',
])('"%s" is told as a lack of memory', (message) => {
  expect(toRuntimeError(new Error(message)).code).toBe('OUT_OF_MEMORY');
});

it.each(['There is no room for this node', 'memory access out of bounds', 'invalid session id'])(
  '"%s" is no lack of memory',
  (message) => {
    expect(toRuntimeError(new Error(message)).code).toBe('RUNTIME_FAILED');
  },
);

it('a failure sends to the CPU only what did not run there, which may be damaged', () => {
  expect(toRuntimeError(new Error('the logits hold no number')).message).toMatch(
    /Try again\. If it ran on a GPU, run it on the CPU \(--device wasm\); if not, get the model again/,
  );
});

it.each([
  'Device is lost',
  'A valid external Instance reference no longer exists: device was lost',
  'CUDA failure 719: unspecified launch failure',
  '887A0005 The GPU device instance has been suspended',
])('"%s" is told as a lost GPU', (message) => {
  expect(toRuntimeError(new Error(message)).code).toBe('DEVICE_LOST');
});
