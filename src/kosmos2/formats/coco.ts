import { toImageBox } from '../box.ts';
import { type AnnotatedImage, mergeByFile, provenance } from './annotated-image.ts';
import { categories, categoryName } from './categories.ts';
import type { ExportFile } from './export-file.ts';

/**
 * COCO JSON (https://cocodataset.org/#format-data): every phrase is a category, every box an annotation in pixels. Beyond the
 * standard an annotation says its `score`, whether a person `edited` it, and the `caption` it stands in from `start` to `end`.
 */
export function writeCoco(images: readonly AnnotatedImage[]): ExportFile[] {
  const numbers = categories(images);
  const pictures = mergeByFile(images);
  const idOf = new Map(pictures.map(({ fileName }, index) => [fileName, index + 1]));
  const annotations = images.flatMap(({ fileName, width, height, caption, entities }) =>
    entities.flatMap((entity) =>
      entity.boxes.map((box, index) => {
        const { edited, score } = provenance(entity, index);
        const [x1, y1, x2, y2] = toImageBox(box, width, height);
        const [w, h] = [x2 - x1, y2 - y1];
        return {
          image_id: idOf.get(fileName),
          category_id: (numbers.get(categoryName(entity)) ?? 0) + 1,
          bbox: [x1, y1, w, h].map(rounded),
          area: rounded(w * h),
          iscrowd: 0,
          segmentation: [],
          ...(score === null ? {} : { score }),
          ...(edited ? { edited } : {}),
          ...(entity.end > entity.start ? { caption, start: entity.start, end: entity.end } : {}),
        };
      }),
    ),
  );
  const coco = {
    info: { description: 'Phrases grounded by KOSMOS-2', version: '1.0' },
    licenses: [],
    images: pictures.map(({ fileName, width, height, url }, index) => ({
      id: index + 1,
      file_name: fileName,
      width,
      height,
      ...(url === undefined ? {} : { coco_url: url }),
    })),
    annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation })),
    categories: [...numbers].map(([name, number]) => ({ id: number + 1, name, supercategory: '' })),
  };
  return [{ path: 'annotations.json', type: 'application/json', text: `${JSON.stringify(coco, null, 1)}\n` }];
}

/** To a thousandth of a pixel. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
