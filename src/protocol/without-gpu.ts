import { AppError, toWire } from './errors.ts';
import type { ModelInfo } from './messages.ts';

/** A model as it opened where others have run on the GPU: if there is none any more it was lost, and is not what the browser lacks. */
export function withoutGpu(model: ModelInfo): ModelInfo {
  const { backend } = model;
  if (backend.fallbackReason?.code !== 'WEBGPU_UNAVAILABLE') return model;
  const { message: reason } = backend.fallbackReason;
  const told = 'The GPU was lost, and the browser offers no other until restarted.';
  const lost = new AppError('DEVICE_LOST', told, { reason });
  return { ...model, backend: { ...backend, fallbackReason: toWire(lost) } };
}
