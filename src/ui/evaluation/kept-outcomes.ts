import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Outcome, readOutcome, writeOutcome } from '../../evaluation/outcome.ts';

interface Schema extends DBSchema {
  /** Lines of a run's file, by run and sample. */
  outcomes: { key: [run: string, id: string]; value: string };
}

let database: Promise<IDBPDatabase<Schema> | null> | null = null;

/** Null where this browser keeps nothing (private windows): a run then lasts as long as the page. */
function open(): Promise<IDBPDatabase<Schema> | null> {
  database ??= openDB<Schema>('kosmos2-evaluations', 1, {
    upgrade: (fresh) => void fresh.createObjectStore('outcomes'),
    terminated: () => {
      database = null;
    },
  }).catch(() => null);
  return database;
}

const rangeOf = (run: string) => IDBKeyRange.bound([run], [run, []]);

/** What is kept of a run; a line that cannot be read is left out, and its sample asked about again. */
export async function keptOutcomes(run: string): Promise<Map<string, Outcome>> {
  const kept = new Map<string, Outcome>();
  // One that was closed, as by clearing the site's data, has none.
  const lines = await (await open())?.getAll('outcomes', rangeOf(run)).catch(() => []);
  for (const line of lines ?? []) {
    try {
      const outcome = readOutcome(line, run);
      kept.set(outcome.id, outcome);
    } catch {
      // Of an older page, or damaged.
    }
  }
  return kept;
}

/** Keeps an outcome. @returns false where there is no room or nothing is kept */
export async function keepOutcome(run: string, outcome: Outcome): Promise<boolean> {
  try {
    const key = await (await open())?.put('outcomes', writeOutcome(outcome), [run, outcome.id]);
    return key !== undefined;
  } catch {
    return false;
  }
}

export async function forgetRun(run: string): Promise<void> {
  await (await open())?.delete('outcomes', rangeOf(run)).catch(() => undefined);
}
