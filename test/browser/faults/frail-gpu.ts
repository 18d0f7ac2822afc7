/** In a worker: a GPU that goes away when a test says so. */

const devices: GPUDevice[] = [];
let loseAtOnce = 0;

const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  const device = await request.call(this, descriptor);
  devices.push(device);
  if (loseAtOnce > 0) {
    loseAtOnce -= 1;
    // Not before the first sessions are made.
    setTimeout(() => device.destroy(), 200);
  }
  return device;
};

new BroadcastChannel('frail').addEventListener('message', ({ data }: MessageEvent<string>) => {
  if (data === 'lose') devices.at(-1)?.destroy();
  if (data !== 'fill') return;
  const error = new GPUOutOfMemoryError('no room for a buffer');
  devices.at(-1)?.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
});

// Told by the name of the worker, for that is known before anything else.
loseAtOnce = Number(/lose-at-load-(\d)/.exec(self.name)?.[1] ?? 0);

export {};
