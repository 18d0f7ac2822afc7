import { expect, it } from 'vitest';
import type { Backend } from '../../../src/runtime/backend.ts';
import { makeFixedTensors } from '../../../src/runtime/capture/fixed-tensors.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { SerialQueue } from '../../../src/runtime/serial-queue.ts';

it.each([
  ['OUT_OF_MEMORY', 'Failed to allocate memory for requested buffer of size 4096'],
  ['DEVICE_LOST', '[Device] is lost.'],
  ['RUNTIME_FAILED', 'a kernel failed'],
])('tensors for which there is none end with %s, and their session goes', async (code, words) => {
  const backend = await nodeBackend(1);
  let released = 0;
  const session = {
    run: () => Promise.reject(new Error(words)),
    release: async () => {
      released += 1;
    },
  };
  const InferenceSession = { create: async () => session } as never;
  const failing: Backend = { ...backend, ort: { ...backend.ort, InferenceSession } };
  const shapes = { logits: { type: 'float32', dims: [1, 1, 8] } } as const;
  await expect(makeFixedTensors(failing, shapes, new SerialQueue())).rejects.toMatchObject({ code });
  expect(released).toBe(1);
});
