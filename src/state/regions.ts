import { orderedBox, SAME_PLACE } from '../kosmos2/box.ts';
import { orderedPair, type PatchPair, patchPairToBox } from '../kosmos2/patch-index.ts';
import { type AppState, imageOf } from './app-state.ts';
import { type MarkedBox, overlapOf } from './marks.ts';
import { isOver, type Region, regionsOf } from './turn.ts';

/** A box of an answer as a region of a question. */
export function regionOf({ number, patches, box }: MarkedBox): Region {
  return { number, patches: orderedPair(patches), box: orderedBox(box) };
}

/**
 * A region drawn at these patches. One around a thing that has a number takes that number, and with it its colour, unless
 * the question holds it already; any other gets a new one.
 */
export function newRegion(state: AppState, patches: PatchPair): Region {
  const box = patchPairToBox(patches);
  const taken = numberedRegions(state, state.current).map(({ number }) => number);
  const { boxes } = imageOf(state);
  const there = closest(
    boxes.filter(({ number }) => !taken.includes(number)),
    { patches, box },
  );
  const number = there?.number ?? 1 + Math.max(0, ...taken, ...boxes.map((mark) => mark.number));
  return { number, patches, box };
}

/** A region that comes back to the question; a number that went to another thing since stays with that. */
export function withFreeNumber(state: AppState, region: Region): Region {
  const numbered = [...numberedRegions(state, state.current), ...imageOf(state).boxes];
  const isTaken = numbered.some(({ number }) => number === region.number);
  return isTaken ? { ...region, number: newRegion(state, region.patches).number } : region;
}

function closest(marks: readonly MarkedBox[], place: Pick<Region, 'box' | 'patches'>): MarkedBox | undefined {
  const best = marks.toSorted((a, b) => overlapOf(b, place) - overlapOf(a, place))[0];
  return best && overlapOf(best, place) >= SAME_PLACE ? best : undefined;
}

/** Regions drawn on a picture for a question, whether it is on the stage or was left. */
export function drawnOn({ draft, drawn, current }: AppState, imageId: string): readonly Region[] {
  return imageId === current ? draft.regions : (drawn[imageId] ?? []);
}

/** Regions about a picture whose numbers are taken although no box has them yet: of the question being written and of those not answered. */
export function numberedRegions(state: AppState, imageId: string): readonly Region[] {
  const asked = Object.values(state.turns).filter((turn) => turn.image === imageId && !isOver(turn));
  return [...drawnOn(state, imageId), ...asked.flatMap(({ task }) => regionsOf(task))];
}

/** The question with one more region; one of the same number makes way. */
export function withRegion({ draft }: AppState, region: Region): Partial<AppState> {
  const others = draft.regions.filter(({ number }) => number !== region.number);
  return { draft: { ...draft, regions: [...others, region] } };
}

/** The question with a region at another place. */
export function withMovedRegion(
  { draft }: AppState,
  number: number,
  change: (patches: PatchPair) => PatchPair,
): Partial<AppState> {
  const regions = draft.regions.map((region) => {
    if (region.number !== number) return region;
    const patches = change(region.patches);
    return { ...region, patches, box: patchPairToBox(patches) };
  });
  return { draft: { ...draft, regions } };
}

/** The question about a picture without a region. */
export function withoutRegion(state: AppState, imageId: string, number: number): Partial<AppState> {
  const { draft, drawn, picked, current } = state;
  const regions = drawnOn(state, imageId).filter((region) => region.number !== number);
  if (imageId !== current) return { drawn: { ...drawn, [imageId]: regions } };
  return { draft: { ...draft, regions }, picked: picked === number ? null : picked };
}
