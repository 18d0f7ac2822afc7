const STORED = 'stored:';

/** The address of a model in this browser's storage. */
export function storedAddress(name: string): string {
  return STORED + name;
}

/** The name of the stored model that an address means; null for any other address. */
export function storedName(address: string): string | null {
  return address.startsWith(STORED) ? address.slice(STORED.length) : null;
}
