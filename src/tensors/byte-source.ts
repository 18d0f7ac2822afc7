/** A file that can be read in ranges, wherever it lies. */
export interface ByteSource {
  /** Name for messages. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`; fails rather than returning fewer. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}
