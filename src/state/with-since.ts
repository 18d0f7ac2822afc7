import type { AppState } from './app-state.ts';
import { entityNumbers, restoreMarks } from './marks.ts';
import type { PageImage } from './page-image.ts';
import { numberedRegions } from './regions.ts';
import type { Region, Turn } from './turn.ts';

/**
 * Pictures that come back with their conversations, and behind these what was asked since. Numbers that were given out
 * twice stay with what comes back.
 * @returns the pictures, and the turns of since with their numbers
 */
export function withSince(
  before: readonly PageImage[],
  now: AppState,
): { readonly images: readonly PageImage[]; readonly since: AppState['turns'] } {
  const images = [
    ...before.map((image) =>
      together(
        image,
        now.images.find(({ id }) => id === image.id),
        numberedRegions(now, image.id),
      ),
    ),
    ...now.images.filter(({ id }) => !before.some((image) => image.id === id)),
  ];
  const since = Object.values(now.turns).map((turn): [string, Turn] => {
    const boxes = images.find(({ id }) => id === turn.image)?.boxes ?? [];
    return [turn.id, { ...turn, numbers: entityNumbers(boxes, turn.id, turn.numbers.length) }];
  });
  return { images, since: Object.fromEntries(since) };
}

function together(before: PageImage, since: PageImage | undefined, drawn: readonly Region[]): PageImage {
  // The very same one where nothing came since: what has not changed is not stored again.
  if (!since || (since.turns.length === 0 && since.boxes.length === 0 && since.focus === null)) return before;
  // A region of a number that comes back would pass that on to what was asked about it.
  const regions = drawn.filter(({ number }) => !before.boxes.some((mark) => mark.number === number));
  return {
    ...before,
    turns: [...before.turns, ...since.turns],
    boxes: restoreMarks(before.boxes, since.boxes, regions),
    focus: since.focus ?? before.focus,
  };
}
