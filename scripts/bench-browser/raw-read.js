// Runs in the page: how long the bytes of a stored model take by themselves.

/** @returns bytes of all weight files, milliseconds to read them, and to write them to the GPU or copy them once */
globalThis.rawRead = async (model, onGpu) => {
  const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models');
  const folder = await models.getDirectoryHandle(model);
  const files = [];
  for await (const [name, handle] of folder.entries())
    if (name.endsWith('.safetensors')) files.push(await handle.getFile());
  const began = performance.now();
  const parts = [];
  for (const file of files) parts.push(new Uint8Array(await file.arrayBuffer()));
  const read = performance.now() - began;
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const device = onGpu ? await (await navigator.gpu.requestAdapter()).requestDevice() : null;
  const started = performance.now();
  if (!device) for (const part of parts) part.slice();
  const buffers = [];
  for (const part of device ? parts : []) {
    const size = Math.ceil(part.byteLength / 16) * 16;
    const buffer = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST });
    device.queue.writeBuffer(buffer, 0, part, 0, Math.floor(part.byteLength / 4) * 4);
    buffers.push(buffer);
  }
  await device?.queue.onSubmittedWorkDone();
  const upload = performance.now() - started;
  for (const buffer of buffers) buffer.destroy();
  device?.destroy();
  return { bytes, read, upload };
};
