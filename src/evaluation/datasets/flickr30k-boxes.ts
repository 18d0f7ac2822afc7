import { XMLParser } from 'fast-xml-parser';
import type { UnitBox } from '../../kosmos2/box.ts';
import { boxInside, finiteNumbers, refuse } from '../../kosmos2/formats/imported.ts';
import { append } from '../append.ts';

/** Largest file of a picture's boxes, in UTF-16 units. */
const MAX_CHARACTERS = 1_000_000;

// Entities of XML are never expanded: nothing here has any, and a hostile file could multiply them.
const parser = new XMLParser({
  processEntities: false,
  parseTagValue: true,
  isArray: (name) => ['object', 'name', 'bndbox'].includes(name),
});

interface Annotation {
  readonly size?: { readonly width?: unknown; readonly height?: unknown };
  readonly object?: readonly {
    readonly name?: readonly unknown[];
    readonly bndbox?: readonly Readonly<Record<'xmin' | 'ymin' | 'xmax' | 'ymax', unknown>>[];
  }[];
}

/**
 * Boxes of every entity of a picture, from an annotation file of Flickr30k Entities.
 * @param place name of the file, for sentences about it
 * @throws Kosmos2Error ANNOTATION_INVALID
 */
export function entityBoxes(xml: string, place: string): ReadonlyMap<string, readonly UnitBox[]> {
  if (xml.length > MAX_CHARACTERS) refuse(`${place} has more than ${MAX_CHARACTERS} characters.`, { place });
  let annotation: Annotation | undefined;
  try {
    annotation = (parser.parse(xml) as { annotation?: Annotation }).annotation;
  } catch (thrown) {
    refuse(`${place} is not XML (${thrown instanceof Error ? thrown.message : thrown}).`, { place });
  }
  const [width = 0, height = 0] = finiteNumbers(
    [annotation?.size?.width, annotation?.size?.height],
    2,
    `${place}: the size of the picture`,
  );
  if (!(width > 0 && height > 0)) refuse(`${place}: the size of the picture is ${width} x ${height}.`, { place });
  const boxes = new Map<string, UnitBox[]>();
  for (const { name = [], bndbox = [] } of annotation?.object ?? []) {
    for (const { xmin, ymin, xmax, ymax } of bndbox) {
      // They count from 1, and its authors' own reader (flickr30k_entities_utils.py) takes it off all four.
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = finiteNumbers([xmin, ymin, xmax, ymax], 4, `${place}: a bndbox`).map(
        (side) => side - 1,
      );
      const box = boxInside(x1 / width, y1 / height, x2 / width, y2 / height);
      if (!box) continue;
      for (const entity of name) append(boxes, String(entity), box);
    }
  }
  return boxes;
}
