import { orderedBox } from '../kosmos2/box.ts';
import { type PatchPair, sameCells } from '../kosmos2/patch-index.ts';
import { toAppError } from '../protocol/errors.ts';
import { imageOf } from './app-state.ts';
import { frameAround, frameSize } from './closer-look.ts';
import type { Context } from './context.ts';
import { copyPicture } from './copy-picture.ts';
import { cropOf } from './crop.ts';
import { pictureOf } from './give-image.ts';
import { doChange } from './history.ts';
import { isNamed } from './marks.ts';
import { notify } from './notify.ts';
import { newRegion, regionOf, withMovedRegion, withRegion } from './regions.ts';
import { regionRemoval } from './remove.ts';
import type { Region, Task } from './turn.ts';

/** What a person can do with places of the picture: regions they draw, and boxes of answers. */
export interface RegionActions {
  /** Draws a region at these patches and selects it. @returns its number */
  addRegion(patches: PatchPair): number;
  /** Puts a region elsewhere, depending on where it is. */
  moveRegion(number: number, change: (patches: PatchPair) => PatchPair): void;
  removeRegion(number: number): void;
  pickRegion(number: number | null): void;
  /** Makes a question about a region, to be written in the composer. */
  askAbout(region: Region): void;
  /** Asks about the part of the picture around a region alone, in all of its pixels. */
  lookCloser(region: Region): void;
  /** Searches for more of what is called `phrase` and is in a region. */
  findOthers(region: Region, phrase: string): void;
  /** Puts what is in a region on the clipboard as PNG; a notice says where that is not allowed. @returns whether it is */
  copyCrop(region: Region): Promise<boolean>;
}

/** Most known boxes a search begins with. */
const MOST_KNOWN = 16;

export function regionActions(context: Context, ask: (task: Task) => void): RegionActions {
  const { store } = context;
  return {
    addRegion(patches) {
      const region = newRegion(store.getState(), patches);
      store.setState((state) => ({ ...withRegion(state, region), selected: null, picked: region.number }));
      return region.number;
    },
    moveRegion: (number, change) => store.setState((state) => withMovedRegion(state, number, change)),
    removeRegion: (number) =>
      store.setState((state) => {
        const change = regionRemoval(state, number);
        return change ? doChange(state, change) : {};
      }),
    pickRegion: (picked) => store.setState({ picked, selected: null }),
    askAbout(region) {
      store.setState((state) => withRegion(state, region));
      store.setState(({ draft }) => ({ draft: { ...draft, mode: 'ask' }, selected: null, picked: null }));
    },
    lookCloser(region) {
      const { width, height } = imageOf(store.getState());
      const frame = frameAround(region.box, width, height);
      ask({ mode: 'closer', region, frame, pixels: frameSize(frame, width, height) });
    },
    findOthers(region, phrase) {
      const same = (words: string | null) => words?.toLowerCase() === phrase.toLowerCase();
      const others = imageOf(store.getState()).boxes.filter((mark) => same(mark.phrase) && isNamed(mark));
      const known = [region, ...others.map(regionOf)].filter(
        ({ patches }, index, all) => all.findIndex((other) => sameCells(other.patches, patches)) === index,
      );
      ask({ mode: 'others', words: phrase, regions: known.slice(0, MOST_KNOWN) });
    },
    async copyCrop({ box }) {
      const png = async () => cropOf(await pictureOf(imageOf(store.getState())), orderedBox(box));
      try {
        await copyPicture(png());
        return true;
      } catch (thrown) {
        notify(context, toAppError(thrown));
        return false;
      }
    },
  };
}
