// Stands before the script of a worker: counts what can be seen from within it alone.
const census = { memories: [], buffers: 0 };
self.census = census;

const { Memory } = WebAssembly;
WebAssembly.Memory = class extends Memory {
  constructor(size) {
    super(size);
    census.memories.push(this);
  }
};

if ('GPUDevice' in self) {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    census.buffers += 1;
    return createBuffer.call(this, descriptor);
  };
  const destroyed = new WeakSet();
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) census.buffers -= 1;
    destroyed.add(this);
    destroy.call(this);
  };
}
