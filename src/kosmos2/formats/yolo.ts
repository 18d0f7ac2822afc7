import { type AnnotatedImage, mergeByFile } from './annotated-image.ts';
import { categories, categoryName } from './categories.ts';
import { type ExportFile, fileStems } from './export-file.ts';

/**
 * YOLO: `labels/{picture}.txt` with a line `{class} {centre x} {centre y} {width} {height}` in 0..1 for every box,
 * `classes.txt` with the name of a class on each line, and the same names in `data.yaml` as Ultralytics reads them.
 * @param stemsOf what each picture's labels are called
 * @param listed whether `train.txt` says which pictures these are, for where others lie beside them: what has no labels is
 * taken for a picture of nothing
 */
export function writeYolo(
  images: readonly AnnotatedImage[],
  stemsOf: (names: readonly string[]) => string[] = fileStems,
  listed = false,
): ExportFile[] {
  const numbers = categories(images);
  const names = [...numbers.keys()];
  const pictures = mergeByFile(images);
  const stems = stemsOf(pictures.map(({ fileName }) => fileName));
  const labels = pictures.map(({ entities }, index) => ({
    path: labelPath(`images/${stems[index]}.txt`),
    type: 'text/plain',
    text: lines(
      entities.flatMap((entity) => {
        const kind = numbers.get(categoryName(entity)) ?? 0;
        return entity.boxes.map(([x1, y1, x2, y2]) =>
          [kind, ...[(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1].map((value) => value.toFixed(6))].join(' '),
        );
      }),
    ),
  }));
  // A JSON string is a YAML string.
  const named = names.map((name, kind) => `  ${kind}: ${JSON.stringify(name)}`);
  // Without a path of its own it is read from the folder it lies in, whatever the current one is.
  const place = listed ? 'train.txt' : 'images';
  const data = lines([`train: ${place}`, `val: ${place}`, names.length === 0 ? 'names: {}' : 'names:', ...named]);
  return [
    ...labels,
    { path: 'classes.txt', type: 'text/plain', text: lines(names) },
    { path: 'data.yaml', type: 'application/yaml', text: data },
    ...(listed ? [{ path: 'train.txt', type: 'text/plain', text: lines(listOf(pictures, stems)) }] : []),
  ];
}

/** Where Ultralytics looks for labels: the last folder `images` of a picture's path is `labels` there. */
function labelPath(picture: string): string {
  return picture.replace(/^(.*\/)?images\//s, '$1labels/');
}

/** Pictures as they lie beside their labels; a dot stands for the folder of the list. */
function listOf(pictures: readonly AnnotatedImage[], stems: readonly string[]): string[] {
  return pictures.map(({ fileName }, index) => `./images/${stems[index]}${/\.[^./\\]*$/.exec(fileName)?.[0] ?? ''}`);
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
