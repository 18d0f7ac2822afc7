// In a worker: weights are written only when it was told to stop, so that it is in the middle of its work then.
const stopped = new Promise((resolve) => {
  self.addEventListener('message', ({ data }) => data.type === 'stop' && resolve());
});
const { getFileHandle } = FileSystemDirectoryHandle.prototype;
FileSystemDirectoryHandle.prototype.getFileHandle = async function (name, options) {
  if (options?.create && name.endsWith('.safetensors')) await stopped;
  return getFileHandle.call(this, name, options);
};
