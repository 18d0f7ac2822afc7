// In a worker of this name: a browser that refuses the site all storage.
if (/no-storage/.test(self.name)) {
  const refused = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
  Object.assign(CacheStorage.prototype, { match: refused, open: refused, keys: refused });
  LockManager.prototype.request = refused;
}
