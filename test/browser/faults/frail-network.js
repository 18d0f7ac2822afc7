// In a worker of this name: a connection that breaks whenever onnxruntime's wasm is fetched, which it tries in three ways.
if (/no-runtime/.test(self.name)) {
  const whole = self.fetch;
  self.fetch = (input, init) =>
    new Request(input, init).url.includes('.wasm')
      ? Promise.reject(new TypeError('Failed to fetch'))
      : whole(input, init);
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).includes('.wasm')) throw new DOMException('Failed to load', 'NetworkError');
    open.call(this, method, url, ...rest);
  };
}
