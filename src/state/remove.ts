import type { AppState } from './app-state.ts';
import type { Change } from './history.ts';
import { onStage } from './on-stage.ts';
import type { PageImage } from './page-image.ts';
import { withFreeNumber, withoutRegion } from './regions.ts';
import { type RemovedTurn, removable, withImage, withoutImage, withoutTurn, withTurn } from './removal.ts';
import { isOver, type Turn } from './turn.ts';
import { withSince } from './with-since.ts';

/** Deletes a turn and its boxes; null where there is no such turn. */
export function turnDeletion(state: AppState, turnId: string): Change | null {
  const removed = removable(state, turnId);
  if (!removed) return null;
  return {
    kind: 'delete-turn',
    urls: [],
    apply: (now) => withoutTurn(now, turnId),
    revert: (now) => withTurn(now, removed),
  };
}

/** Puts an edited question in the place of the old one, whose answer goes with it. */
export function turnReplacement(state: AppState, turnId: string, turn: Turn): Change | null {
  const removed = removable(state, turnId);
  if (!removed) return null;
  let replacement: RemovedTurn = { turn, at: removed.at, boxes: [] };
  return {
    kind: 'replace-turn',
    urls: [],
    apply: (now) =>
      chain(
        now,
        (s) => withoutTurn(s, turnId),
        (s) => withTurn(s, replacement),
      ),
    revert: (now) => {
      // Done again, it comes back with the answer it has got.
      const answered = removable(now, turn.id);
      if (answered && isOver(answered.turn)) replacement = answered;
      return chain(
        now,
        (s) => withoutTurn(s, turn.id),
        (s) => withTurn(s, removed),
      );
    },
  };
}

/** Removes an own picture and its conversation. Samples stay: the filmstrip is never empty. */
export function imageRemoval(state: AppState, imageId: string): Change | null {
  const at = state.images.findIndex(({ id }) => id === imageId);
  const image = state.images[at];
  if (image?.kind !== 'own') return null;
  const turns = turnsOf(state, image);
  return {
    kind: 'remove-image',
    urls: [image.url],
    apply: (now) => withoutImage(now, imageId),
    revert: (now) => withImage(now, image, at, turns),
  };
}

/** Takes a region out of the question; null where it has none of this number. */
export function regionRemoval(state: AppState, number: number): Change | null {
  const { current } = state;
  const at = state.draft.regions.findIndex((one) => one.number === number);
  const found = state.draft.regions[at];
  if (!found) return null;
  let region = found;
  return {
    kind: 'remove-region',
    urls: [],
    apply(now) {
      const there = now.current === current && now.draft.regions.find((one) => one.number === region.number);
      if (!there) return {};
      // Done again, it comes back as it was by then.
      region = there;
      return withoutRegion(now, current, there.number);
    },
    revert(now) {
      if (!now.images.some(({ id }) => id === current)) return {};
      const staged = onStage(now, current);
      const { draft } = { ...now, ...staged };
      region = withFreeNumber({ ...now, ...staged }, region);
      return { ...staged, draft: { ...draft, regions: draft.regions.toSpliced(at, 0, region) } };
    },
  };
}

/** Removes every own picture and every conversation; null where there is neither. */
export function clearance(state: AppState): Change | null {
  const own = state.images.filter(({ kind }) => kind === 'own');
  if (own.length === 0 && Object.keys(state.turns).length === 0) return null;
  const { images, turns, current } = state;
  return {
    kind: 'clear',
    urls: own.map(({ url }) => url),
    apply: (now) => {
      // Done again, it leaves what came since.
      const left = now.images.filter(({ id }) => !own.some((image) => image.id === id));
      return {
        images: left.map((image) => withoutTurns(image, turns)),
        turns: Object.fromEntries(Object.entries(now.turns).filter(([id]) => !turns[id])),
        ...onStage(now, left.some(({ id }) => id === now.current) ? now.current : (left[0]?.id ?? now.current)),
      };
    },
    revert: (now) => {
      const both = withSince(images, now);
      return { images: both.images, turns: { ...turns, ...both.since }, ...onStage(now, current) };
    },
  };
}

function withoutTurns(image: PageImage, gone: AppState['turns']): PageImage {
  return {
    ...image,
    turns: image.turns.filter((id) => !gone[id]),
    boxes: image.boxes.filter(({ turn }) => !gone[turn]),
    focus: image.focus !== null && gone[image.focus] ? null : image.focus,
    // A sample that was cleared does not describe itself anew.
    greeted: image.greeted || image.kind === 'sample',
  };
}

function turnsOf(state: AppState, image: PageImage): readonly Turn[] {
  return image.turns.flatMap((id) => state.turns[id] ?? []);
}

function chain(state: AppState, ...steps: readonly ((state: AppState) => Partial<AppState>)[]): Partial<AppState> {
  let all: Partial<AppState> = {};
  for (const step of steps) all = { ...all, ...step({ ...state, ...all }) };
  return all;
}
