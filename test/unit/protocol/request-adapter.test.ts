import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { requestAdapter, requestDevice } from '../../../src/protocol/request-adapter.ts';
import { errors } from '../../../src/ui/strings/errors.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

const never = () => new Promise<never>(() => {});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a GPU that never answers counts as none', async () => {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: never } });
  const asked = requestAdapter();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await asked).toBeNull();
});

it('an adapter that never gives its device is told, and a device that comes later is let go', async () => {
  let give = (_: GPUDevice) => {};
  const device = new Promise<GPUDevice>((resolve) => {
    give = resolve;
  });
  const asked = requestDevice({ requestDevice: () => device } as unknown as GPUAdapter, {});
  const told = expect(asked).rejects.toMatchObject({
    code: 'WEBGPU_UNAVAILABLE',
    message: expect.stringContaining('(no answer for 15 seconds)'),
  });
  await vi.advanceTimersByTimeAsync(20_000);
  await told;
  const destroy = vi.fn();
  give({ destroy } as unknown as GPUDevice);
  await device;
  expect(destroy).toHaveBeenCalledOnce();
});

it('an adapter that gives no device is told in the browser’s words, in German too', async () => {
  const refused = { requestDevice: () => Promise.reject(new Error('Failed to create device')) };
  const failure = await requestDevice(refused as unknown as GPUAdapter, {}).catch((thrown) => thrown);
  expect(failure.message).toBe(
    'The GPU of this browser could not be started (Failed to create device). Run the model on the CPU instead (backend wasm), or restart the browser.',
  );
  // A parameter of this project's own page, of which the engine, which others have too, says nothing.
  expect(errors.sentence(failure)).toContain('on the CPU instead (?backend=wasm)');
  expect(sentence(failure)).toContain('ließ sich nicht starten (Failed to create device)');
});
