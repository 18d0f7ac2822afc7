import type { Database, STORES } from './database.ts';

type Store = Exclude<(typeof STORES)[number], 'blobs'>;

/** Records of one store: those that could be read, and the ids of those that the browser lists but cannot read. */
export interface ReadRecords {
  readonly records: readonly { readonly id: string; readonly value: unknown }[];
  readonly unread: readonly string[];
}

/**
 * Reads every record of a store. Some browsers keep large values in files of their own; where one of these is lost, reading
 * all at once fails as a whole, so that then each is read by itself.
 */
export async function readAll(database: Database, name: Store): Promise<ReadRecords> {
  try {
    return { records: await database.getAll(name), unread: [] };
  } catch {
    const ids = await database.getAllKeys(name);
    const found = await Promise.all(ids.map((id) => database.get(name, id).catch(() => undefined)));
    const records = found.filter((record) => record !== undefined);
    return { records, unread: ids.filter((_, index) => !found[index]) };
  }
}
