/** Whether storing failed for want of room, which no second try mends. */
export function isStorageFull(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
}
