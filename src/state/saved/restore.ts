import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../app-state.ts';
import { numberedMarks } from '../marks.ts';
import { onStage } from '../on-stage.ts';
import type { PageImage } from '../page-image.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { isOver, type Turn } from '../turn.ts';
import { withSince } from '../with-since.ts';
import { answered, type Database } from './database.ts';
import { type ReadRecords, readAll } from './read-all.ts';
import { readOwnImage, readSample } from './saved-image.ts';
import { readTurn, settingsShape } from './saved-turn.ts';
import { list, shape, text } from './shape.ts';
import { type Visits, visitOf } from './visits.ts';

/** What belongs to no picture and no turn. */
export interface SavedPage {
  /** Ids of the pictures in the order of the filmstrip. */
  readonly order: readonly string[];
  readonly current: string;
  readonly settings: Settings;
}

export const PAGE_KEY = 'page';
const pageShape = shape({ order: list(text), current: text, settings: settingsShape });

/** What is stored of the page; null where it is damaged or not there. */
export function savedPage(value: unknown): SavedPage | null {
  return pageShape(value) ? (value as SavedPage) : null;
}

/**
 * What was found in the database, before anything that came since. What the browser could not read this time is not listed,
 * nor are the answers about such a picture and those of another window: the next write removes whatever is listed and not on
 * the page.
 */
export interface KnownRecords {
  /** Pictures by the ids of their records; null for a damaged one. */
  readonly images: ReadonlyMap<string, PageImage | null>;
  /** Ids of the records, damaged or not. */
  readonly turns: readonly string[];
  /** Null where the page's own record could not be read: the next write puts it anew. */
  readonly settings: Settings | null;
  /** Ids of the records that are not listed, which are removed when the page is left after everything was cleared. */
  readonly apart: { readonly images: readonly string[]; readonly turns: readonly string[] };
}

/**
 * Puts what was stored into the store, before what is there since the page began. Records that are damaged or cannot be read
 * are passed over, and so are turns that another window is answering.
 * @param visits whose turns this window may go on with; without them all
 * @throws what the database fails with, or an Error after a quarter of a minute of silence
 */
export async function restore(
  store: StoreApi<AppState>,
  database: Database,
  visits?: Pick<Visits, 'take'>,
): Promise<KnownRecords> {
  const [images, turns, page] = await answered(
    Promise.all([readAll(database, 'images'), readAll(database, 'turns'), readAll(database, 'page')]),
  );
  const known = new Map(images.records.map(({ id, value }) => [id, value]));
  const elsewhere = visits ? await underWayElsewhere(turns.records, visits) : new Set<string>();
  const read = turns.records.flatMap(({ value }) => readTurn(value) ?? []);
  const saved = savedPage(page.records.find(({ id }) => id === PAGE_KEY)?.value);

  const unread = new Set(images.unread);
  const own: PageImage[] = [];
  for (const id of inOrder([...known.keys()], saved?.order ?? [])) {
    try {
      const image = readOwnImage(known.get(id), await database.get('blobs', id));
      if (image) own.push(image);
    } catch {
      unread.add(id);
    }
  }
  const settings = saved?.settings ?? DEFAULT_SETTINGS;
  let restoredImages: readonly PageImage[] = [];
  store.setState((state) => {
    const samples = state.images
      .filter(({ kind }) => kind === 'sample')
      .map((sample) => readSample(sample, known.get(sample.id)));
    const stored = [...samples, ...own];
    const ours = read.filter(({ id }) => !elsewhere.has(id));
    const kept = ours.filter((turn) => stored.some(({ id, turns }) => id === turn.image && turns.includes(turn.id)));
    const restored = new Map(asAsked(kept, stored).map((turn) => [turn.id, turn]));
    restoredImages = stored.map((image) => withTurns(image, restored));
    const both = withSince(restoredImages, state);
    const stays = isUsed(state) || !stored.some(({ id }) => id === saved?.current);
    const waiting = kept.filter((turn) => !isOver(turn)).map(({ id }) => id);
    return {
      images: both.images,
      // What was asked of all pictures can still be stopped at once.
      ...(waiting.length > 1 ? { batch: [...waiting, ...state.batch] } : {}),
      turns: { ...Object.fromEntries(restored), ...both.since },
      ...(stays ? {} : onStage(state, saved?.current ?? state.current)),
      settings: state.settings === DEFAULT_SETTINGS ? settings : state.settings,
    };
  });
  const byId = new Map(restoredImages.map((image) => [image.id, image]));
  // A sample is on the page all the same: as known, its record is not read again before something is asked about it.
  const isListed = (id: string) => byId.has(id) || !unread.has(id);
  const ids = [...known.keys(), ...images.unread];
  const found = ids.filter(isListed).map((id) => [id, byId.get(id) ?? null] as const);
  const apart = new Set(read.filter(({ id, image }) => elsewhere.has(id) || unread.has(image)).map(({ id }) => id));
  const told = turns.records.map(({ id }) => id).filter((id) => !apart.has(id));
  return {
    images: new Map(found),
    turns: told,
    settings: page.unread.length > 0 ? null : settings,
    apart: { images: ids.filter((id) => !isListed(id)), turns: [...apart] },
  };
}

/** Ids of the turns without an answer that belong to visits of other windows. */
async function underWayElsewhere(
  records: ReadRecords['records'],
  visits: Pick<Visits, 'take'>,
): Promise<ReadonlySet<string>> {
  const ids = records.filter(({ value }) => readTurn(value) && !isOver(value as Turn)).map(({ id }) => id);
  const found = [...new Set(ids.map(visitOf))].filter((visit) => visit !== '');
  const taken = await Promise.all(found.map((visit) => visits.take(visit)));
  return new Set(ids.filter((id) => taken[found.indexOf(visitOf(id))] === false));
}

/** Whether a person has begun with what is on the stage by now, which then stays there. */
function isUsed({ images, current, turns, draft }: AppState): boolean {
  const own = images.some(({ kind }) => kind === 'own');
  return own || current !== images[0]?.id || Object.keys(turns).length > 0 || draft.regions.length > 0;
}

function inOrder(ids: readonly string[], order: readonly string[]): readonly string[] {
  return [...order.filter((id) => ids.includes(id)), ...ids.filter((id) => !order.includes(id))];
}

/** Turns in the order in which they were asked: by the visit and the number in their ids, otherwise as the pictures have them. */
function asAsked(turns: readonly Turn[], images: readonly PageImage[]): readonly Turn[] {
  const places = new Map(images.flatMap((image) => image.turns).map((id, index) => [id, index]));
  const key = ({ id }: Turn): readonly [visit: number, number: number, place: number] => {
    const [, visit, number] = id.split('-');
    return [Number.parseInt(visit ?? '', 36) || 0, Number(number) || 0, places.get(id) ?? 0];
  };
  return turns.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
  });
}

/**
 * A picture with the turns that are there, for it never names one that could not be read, and with the boxes that these
 * tell: another window may have corrected an answer since the picture was stored.
 */
function withTurns(image: PageImage, restored: ReadonlyMap<string, Turn>): PageImage {
  const turns = image.turns.flatMap((id) => restored.get(id) ?? []);
  const boxes = turns.flatMap(({ id, grounded, numbers }) => (grounded ? numberedMarks(id, grounded, numbers) : []));
  const focus = image.focus !== null && restored.has(image.focus) ? image.focus : null;
  return { ...image, turns: turns.map(({ id }) => id), boxes, focus };
}
