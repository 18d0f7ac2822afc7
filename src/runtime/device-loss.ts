import { type AppError, toAppError } from '../protocol/errors.ts';
import { deviceLost } from './runtime-error.ts';

/** A read from a lost device fails a moment before the device itself says that it is lost. */
const NEWS_MILLISECONDS = 2000;

/** Devices that this program has ended. */
const ended = new WeakSet<GPUDevice>();

/** Destroys a device, which is then not taken for lost. */
export function endDevice(device: GPUDevice): void {
  ended.add(device);
  device.destroy();
}

/**
 * What was thrown by work on a device: DEVICE_LOST where the device is gone, for onnxruntime then reports whatever it
 * was about to do ("map_async_result ... was false").
 */
export async function failureOn(device: GPUDevice | null, thrown: unknown): Promise<AppError> {
  const error = toAppError(thrown);
  if (!device || (error.code !== 'RUNTIME_FAILED' && error.code !== 'INTERNAL')) return error;
  const loss = await Promise.race([
    device.lost,
    new Promise<null>((resolve) => setTimeout(() => resolve(null), NEWS_MILLISECONDS)),
  ]);
  return loss && !ended.has(device) ? deviceLost(`${loss.reason}: ${loss.message}`) : error;
}
