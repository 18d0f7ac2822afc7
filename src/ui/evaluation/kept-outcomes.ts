import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import { type Outcome, readOutcome, writeOutcome } from '../../evaluation/outcome.ts';
import { abortWith, breakOffAside } from '../../state/saved/break-off-aside.ts';
import { answered } from '../../state/saved/database.ts';

interface Schema extends DBSchema {
  /** Lines of a run's file, by run and sample. */
  outcomes: { key: [run: string, id: string]; value: string };
}

type Outcomes = IDBPObjectStore<Schema, ['outcomes'], 'outcomes', 'readwrite'>;

let database: Promise<IDBPDatabase<Schema> | null> | null = null;

/** Null where this browser keeps nothing (private windows): a run then lasts as long as the page. */
function open(): Promise<IDBPDatabase<Schema> | null> {
  database ??= answered(
    openDB<Schema>('kosmos2-evaluations', 1, {
      upgrade: (fresh) => void fresh.createObjectStore('outcomes'),
      terminated: () => {
        database = null;
      },
    }),
  ).catch(() => null);
  return database;
}

const rangeOf = (run: string) => IDBKeyRange.bound([run], [run, []]);

/** What is kept of a run; a line that cannot be read is left out, and its sample asked about again. */
export async function keptOutcomes(run: string): Promise<Map<string, Outcome>> {
  const kept = new Map<string, Outcome>();
  for (const line of await lines(run)) {
    try {
      const outcome = readOutcome(line, run);
      kept.set(outcome.id, outcome);
    } catch {
      // Of an older page, or damaged.
    }
  }
  return kept;
}

async function lines(run: string): Promise<readonly string[]> {
  const opened = await open();
  // One that was closed, as by clearing the site's data, has none.
  const reading = opened?.getAll('outcomes', rangeOf(run)).catch(() => []) ?? Promise.resolve([]);
  return answered(reading).catch(() => {
    // It says nothing at all, and would not when an answer is to be kept.
    database = Promise.resolve(null);
    return [];
  });
}

/** Keeps an outcome. @returns false where there is no room or nothing is kept */
export async function keepOutcome(run: string, outcome: Outcome): Promise<boolean> {
  try {
    const opened = await open();
    if (!opened) return false;
    await write(opened, (outcomes) => outcomes.put(writeOutcome(outcome), [run, outcome.id]));
    return true;
  } catch {
    return false;
  }
}

export async function forgetRun(run: string): Promise<void> {
  const opened = await open();
  if (!opened) return;
  await answered(write(opened, (outcomes) => outcomes.delete(rangeOf(run)))).catch(() => undefined);
}

/** Writes in one transaction: what is broken off because the page is put aside is done when it comes back. */
async function write(opened: IDBPDatabase<Schema>, change: (outcomes: Outcomes) => Promise<unknown>): Promise<void> {
  let goOn = () => {};
  const back = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const aside = breakOffAside(goOn);
  const { signal } = aside;
  try {
    const transaction = opened.transaction('outcomes', 'readwrite');
    abortWith(signal, transaction);
    await Promise.all([change(transaction.store), transaction.done]);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    await back;
    await write(opened, change);
  } finally {
    aside.close();
  }
}
