/** In a worker: a GPU that goes away or is full when the worker's name says so: `lose-at-token-3` as its third token is told. */

const devices: GPUDevice[] = [];

const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  const device = await request.call(this, descriptor);
  devices.push(device);
  return device;
};

const harms: Readonly<Record<string, (device: GPUDevice) => void>> = {
  lose: (device) => device.destroy(),
  fill(device) {
    const error = new GPUOutOfMemoryError('no room for a buffer');
    device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  },
};

/** What of a reply tells how far the worker is. */
interface Told {
  readonly event?: { readonly type: string };
  readonly progress?: { readonly phase: string };
}

// Told by the name of the worker, for that is known before anything else.
const [, harm = '', moment, count] = /(lose|fill)-at-(warmup|prefill|token)-(\d)/.exec(self.name) ?? [];
let left = Number(count);

// Here and not by the page, on whose word the rest of a short answer would not wait.
const post = self.postMessage.bind(self) as (message: Told) => void;
self.postMessage = (message: Told) => {
  post(message);
  const device = devices.at(-1);
  if (!device || (message.event?.type ?? message.progress?.phase) !== moment) return;
  left -= 1;
  if (left === 0) harms[harm]?.(device);
};

export {};
