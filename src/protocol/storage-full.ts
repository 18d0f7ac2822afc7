/** Firefox's own name comes with what is neither a DOMException nor an Error, where a file grows in a worker. */
const NAMES: ReadonlySet<unknown> = new Set(['QuotaExceededError', 'NS_ERROR_FILE_NO_DEVICE_SPACE']);

/** Whether storing failed for want of room, which no second try mends. */
export function isStorageFull(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && NAMES.has(thrown.name);
}
