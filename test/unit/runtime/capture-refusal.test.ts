import { describe, expect, it } from 'vitest';
import type { BackendInfo } from '../../../src/protocol/messages.ts';
import { captureRefusal } from '../../../src/runtime/capture/capture-refusal.ts';
import type { Weight } from '../../../src/tensors/weight-index.ts';
import { captureWish } from '../../../src/ui/capture-wish.ts';

const backend = {
  kind: 'webgpu',
  adapter: 'a GPU',
  activation: 'f16',
  build: 'jspi',
  wasm: null,
  fallbackReason: null,
} as const;
const onGpu = { backend, choosing: 'GPU' };

/** A weight of two blocks, each with scales. */
function weight(name: string, bytes: number): Weight {
  const tensor = (byteLength: number) => ({ name, dtype: 'U8', shape: [], file: 'a', offset: 0, byteLength }) as const;
  const block = { rowStart: 0, rows: 1, data: tensor((3 * bytes) / 8), scales: tensor(bytes / 8) };
  return { name, shape: [], encoding: 'q8', blocks: [block, block] };
}

const weights = (decoder: number) =>
  new Map(
    [weight('text_model.model.a', decoder - 1e6), weight('text_model.model.b', 1e6), weight('vision_model.a', 9e9)].map(
      (one) => [one.name, one],
    ),
  );

describe('graph capture', () => {
  it('is tried of a decoder of up to 64 MB, however big the vision tower is', () => {
    expect(captureRefusal(onGpu, weights(64e6), 'auto')).toBeNull();
  });

  it('is not tried of a bigger one, and the reason names both sizes; whoever wants it gets it', () => {
    expect(captureRefusal(onGpu, weights(812e6), 'auto')).toEqual({
      used: false,
      message: "off: the decoder's 812 MB would be held a second time, for which 64 MB are the most",
      milliseconds: null,
    });
    expect(captureRefusal(onGpu, weights(812e6), 'on')).toBeNull();
  });

  it.each([
    ['off', onGpu, 'off: not wanted'],
    [
      'on',
      { ...onGpu, backend: { ...backend, kind: 'wasm' } satisfies BackendInfo },
      'off: there is nothing to record without a GPU',
    ],
    ['on', { ...onGpu, choosing: 'CPU: no shader' }, 'off: tokens are not chosen on the GPU'],
  ] as const)('is not tried with %s of %o', (wish, model, message) => {
    expect(captureRefusal(model, weights(2e6), wish)).toMatchObject({ used: false, message });
  });

  it('is what the address says, by default what the trial shows', () => {
    expect(['?capture=on', '?backend=webgpu&capture=off', '?capture=maybe', ''].map(captureWish)).toEqual([
      'on',
      'off',
      'auto',
      'auto',
    ]);
  });
});
