import { readCocoCaptions } from '../../kosmos2/formats/read-coco-captions.ts';
import type { Item } from './row.ts';

/** An item for every caption of a COCO file. @throws Kosmos2Error ANNOTATION_INVALID */
export function readCocoRows(text: string): Item[] {
  return readCocoCaptions(text).map(({ fileName, caption }) => ({ image: fileName, caption }));
}
