// In a worker of this name: memory that does not grow, as where a device has no more.
if (/no-memory/.test(self.name)) {
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  };
}
