import { AppError } from './errors.ts';

const loads: (() => Promise<unknown>)[] = [];

/**
 * Fetches every late part now, for a page that nothing keeps: its server may be gone when they are first needed. After one
 * that fails no other is tried, for some browsers do not ask again for a script that once did not come.
 */
export async function fetchLateParts(): Promise<void> {
  try {
    for (const load of loads) await load();
  } catch {
    // Each is asked for again when it is needed.
  }
}

/** Has a part fetched with the others. */
export function noteLatePart(load: () => Promise<unknown>): void {
  loads.push(load);
}

/**
 * A part whose script is fetched when it is first needed.
 * @returns gives the part, or throws AppError PART_FETCH_FAILED
 */
export function latePart<Part>(load: () => Promise<Part>): () => Promise<Part> {
  noteLatePart(load);
  return () =>
    load().catch((thrown) => {
      const message = 'A part of the page could not be fetched. Check the connection, then load the page again.';
      throw new AppError('PART_FETCH_FAILED', message, { reason: String(thrown) }, thrown);
    });
}
