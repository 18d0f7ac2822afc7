import type { UnitBox } from '../../kosmos2/box.ts';
import { type Imported, refuse } from '../../kosmos2/formats/imported.ts';
import { readCoco } from '../../kosmos2/formats/read-coco.ts';
import { readGrit } from '../../kosmos2/formats/read-grit.ts';

/** Most boxes that become regions of one question; more than anybody can ask about. */
export const MOST_REGIONS = 12;

/** Reads COCO JSON, or GrIT where the file is lines of captions. @throws Kosmos2Error ANNOTATION_INVALID */
export function readAnnotations(text: string): Imported {
  return /"(noun_chunks|ref_exps)"/.test(text) ? readGrit(text) : readCoco(text);
}

/**
 * The boxes of the picture that goes by one of these names; of the only picture of the file whatever it is called.
 * @param names the surest first; a whole file name goes before one in some folder
 * @throws Kosmos2Error ANNOTATION_INVALID where pictures of several folders go by it
 */
export function boxesFor({ images }: Imported, names: readonly string[]): readonly UnitBox[] {
  const files = [...new Set(images.map(({ fileName }) => fileName))];
  const base = (path: string) => path.split(/[/\\]/).at(-1) ?? path;
  const exact = names.find((name) => files.includes(name));
  const [picture, other] =
    exact !== undefined ? [exact] : files.length === 1 ? files : files.filter((file) => names.includes(base(file)));
  if (picture !== undefined && other !== undefined) {
    refuse(`Two pictures of the file go by this one's name: ${picture} and ${other}.`, { picture, other });
  }
  const own = images.filter(({ fileName }) => fileName === picture);
  return own.flatMap(({ entities }) => entities.flatMap(({ boxes }) => boxes));
}
