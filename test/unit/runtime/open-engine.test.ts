import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import type { Backend } from '../../../src/runtime/backend.ts';
import { endDevice, failureOn } from '../../../src/runtime/device-loss.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { onFirstBackend, openParts } from '../../../src/runtime/open-engine.ts';
import type { Session } from '../../../src/runtime/ort.ts';
import { scriptLost } from '../../../src/runtime/script-lost.ts';
import { openFixture } from '../../support/packages.ts';

it('opening that is stopped between the two halves of a model keeps neither', async () => {
  const pkg = await openFixture('demo-model', 'q8');
  const backend = await nodeBackend(1);
  const stop = new AbortController();
  const kept = new Set<Session>();
  let made = 0;
  const create = async (...given: Parameters<typeof backend.ort.InferenceSession.create>): Promise<Session> => {
    const session = await backend.ort.InferenceSession.create(...given);
    kept.add(session);
    made += 1;
    const release = session.release.bind(session);
    session.release = () => {
      kept.delete(session);
      return release();
    };
    stop.abort();
    return session;
  };
  const watched = { ...backend, ort: { ...backend.ort, InferenceSession: { create } as never } };
  await expect(openParts(watched, pkg, { signal: stop.signal })).rejects.toThrow();
  expect(made).toBe(1);
  expect(kept.size).toBe(0);
});

describe('a GPU that is lost while a model opens', () => {
  const lost = { reason: 'unknown', message: 'The process died.' } as unknown as GPUDeviceLostInfo;
  const onGpu = async () => ({
    ...(await nodeBackend(1)),
    device: { lost: Promise.resolve(lost), destroy() {} } as unknown as GPUDevice,
  });
  const unreachable = new AppError('RUNTIME_FAILED', 'unreachable');

  it('is tried once more, for it may be there again', async () => {
    const opened = vi.fn().mockRejectedValueOnce(unreachable).mockResolvedValueOnce('open');
    expect(await onFirstBackend([onGpu, () => nodeBackend(1)], {}, opened)).toBe('open');
    expect(opened.mock.calls.map(([{ device }]) => device !== null)).toEqual([true, true]);
  });

  it('gives way to the CPU, which hears why, where it is lost again', async () => {
    const why: unknown[] = [];
    const onCpu = async (failure: AppError | null) => {
      why.push(failure?.code);
      return nodeBackend(1);
    };
    const open = async ({ device }: Backend) => {
      if (device) throw unreachable;
      return 'open';
    };
    expect(await onFirstBackend([onGpu, onCpu], {}, open)).toBe('open');
    expect(why).toEqual(['DEVICE_LOST']);
  });

  it('is what the CPU hears of where the browser gives no other then', async () => {
    const why: unknown[] = [];
    const onCpu = async (failure: AppError | null) => {
      why.push(failure?.code);
      return nodeBackend(1);
    };
    const none = new AppError('WEBGPU_UNAVAILABLE', 'none');
    const onLostGpu = vi.fn().mockImplementationOnce(onGpu).mockRejectedValue(none);
    const open = async ({ device }: Backend) => {
      if (device) throw unreachable;
      return 'open';
    };
    expect(await onFirstBackend([onLostGpu, onLostGpu, onCpu], {}, open)).toBe('open');
    expect(why).toEqual(['DEVICE_LOST']);
    expect(onLostGpu).toHaveBeenCalledTimes(3);
  });

  it('is no loss where this program has ended the device', async () => {
    const { device } = await onGpu();
    endDevice(device);
    expect(await failureOn(device, unreachable)).toBe(unreachable);
  });
});

it('a script that cannot be fetched is not blamed on the backend: no lower one is tried', async () => {
  const tried: number[] = [];
  const on = (rung: number) => async () => {
    tried.push(rung);
    return nodeBackend(1);
  };
  const lost = scriptLost('@huggingface/tokenizers', new TypeError('Failed to fetch'));
  await expect(onFirstBackend([on(1), on(2)], {}, () => Promise.reject(lost))).rejects.toMatchObject({
    code: 'WORKER_LOST',
    message: expect.stringContaining('(@huggingface/tokenizers) could not be fetched or started: '),
  });
  expect(tried).toEqual([1]);
});
