import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../app-state.ts';
import { numberedMarks } from '../marks.ts';
import { onStage } from '../on-stage.ts';
import type { PageImage } from '../page-image.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { isOver, type Turn } from '../turn.ts';
import type { Database } from './database.ts';
import { readOwnImage, readSample } from './saved-image.ts';
import { readTurn, settingsShape } from './saved-turn.ts';
import { list, shape, text } from './shape.ts';

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

/** Ids of all records, readable or not. */
export interface KnownRecords {
  readonly images: readonly string[];
  readonly turns: readonly string[];
}

/** Puts what was stored into the store, before what is there since the page began. Damaged records are passed over. */
export async function restore(store: StoreApi<AppState>, database: Database): Promise<KnownRecords> {
  const [images, turns, page] = await Promise.all([
    database.getAll('images'),
    database.getAll('turns'),
    database.get('page', PAGE_KEY),
  ]);
  const known = new Map(images.map(({ id, value }) => [id, value]));
  const read = turns.flatMap(({ value }) => readTurn(value) ?? []);
  const saved = savedPage(page?.value);

  const own: PageImage[] = [];
  for (const id of inOrder([...known.keys()], saved?.order ?? [])) {
    const image = readOwnImage(known.get(id), await database.get('blobs', id));
    if (image) own.push(image);
  }
  store.setState((state) => {
    const samples = state.images
      .filter(({ kind }) => kind === 'sample')
      .map((sample) => (sample.turns.length > 0 ? sample : readSample(sample, known.get(sample.id))));
    const since = state.images.filter(({ kind }) => kind === 'own');
    const all = [...samples, ...own, ...since];
    const kept = read.filter((turn) => all.some(({ id, turns }) => id === turn.image && turns.includes(turn.id)));
    const ids = new Set([...kept, ...Object.values(state.turns)].map(({ id }) => id));
    const stays = since.length > 0 || !all.some(({ id }) => id === saved?.current);
    const waiting = kept.filter((turn) => !isOver(turn)).map(({ id }) => id);
    return {
      images: all.map((image) => withTurns(image, ids, kept)),
      // What was asked of all pictures can still be stopped at once.
      ...(waiting.length > 1 ? { batch: waiting } : {}),
      turns: { ...Object.fromEntries(asAsked(kept, all).map((turn) => [turn.id, turn])), ...state.turns },
      ...(stays ? {} : onStage(state, saved?.current ?? state.current)),
      settings: saved?.settings ?? DEFAULT_SETTINGS,
    };
  });
  return { images: [...known.keys()], turns: turns.map(({ id }) => id) };
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
 * A picture with the turns that are there, for it never names one that could not be read, and with the boxes that the restored
 * ones tell: another window may have corrected an answer since the picture was stored.
 */
function withTurns(image: PageImage, ids: ReadonlySet<string>, restored: readonly Turn[]): PageImage {
  const told = new Map(restored.map((turn) => [turn.id, turn]));
  const turns = image.turns.filter((id) => ids.has(id));
  const boxes = turns.flatMap((id) => {
    const turn = told.get(id);
    if (!turn) return image.boxes.filter((mark) => mark.turn === id);
    return turn.grounded ? numberedMarks(id, turn.grounded, turn.numbers) : [];
  });
  return { ...image, turns, boxes, focus: image.focus !== null && ids.has(image.focus) ? image.focus : null };
}
