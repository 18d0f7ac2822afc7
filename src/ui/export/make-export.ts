import { strToU8, type Zippable, zipSync } from 'fflate';
import type { AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';
import { writeCoco } from '../../kosmos2/formats/coco.ts';
import { writeCsv } from '../../kosmos2/formats/csv.ts';
import { type ExportFile, fileStems, phraseStems } from '../../kosmos2/formats/export-file.ts';
import { writeGrit } from '../../kosmos2/formats/grit.ts';
import { writeMarkdown } from '../../kosmos2/formats/markdown.ts';
import { writeSvg } from '../../kosmos2/formats/svg.ts';
import { writeVoc } from '../../kosmos2/formats/voc.ts';
import { writeYolo } from '../../kosmos2/formats/yolo.ts';
import type { Annotation } from './annotations.ts';
import { labels } from './labels.ts';
import { mergeByPicture } from './merge-by-picture.ts';
import { crops, pictureBytes, pictureDataUrl, svgToPng } from './pixels.ts';

export const FORMATS = ['png', 'svg', 'crops', 'markdown', 'coco', 'yolo', 'voc', 'csv', 'grit'] as const;

export type Format = (typeof FORMATS)[number];

/** A file to be saved, shared or copied. */
export interface MadeFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Colours of the boxes, as on the stage. */
export interface Colours {
  entity(number: number): string;
  readonly ink: string;
}

/** Makes the one file an export consists of: where there are several, an archive. */
export async function makeExport(format: Format, all: readonly Annotation[], colours: Colours): Promise<MadeFile> {
  // What stands beside the pictures of a person names them as that person does.
  const named = all.map(({ annotated, ownName }) => ({ ...annotated, fileName: ownName }));
  switch (format) {
    case 'coco':
      return single(writeCoco(mergeByPicture(labels(all)).flatMap(({ mentions }) => mentions)));
    case 'csv':
      return single(writeCsv(named));
    case 'grit':
      return single(writeGrit(named));
    case 'markdown':
      return single(writeMarkdown(named));
    case 'yolo':
      return labelArchive('yolo.zip', all, writeYolo, 'images');
    case 'voc':
      return labelArchive('voc.zip', all, writeVoc, 'JPEGImages');
    case 'crops':
      return archive('crops.zip', await cropFiles(all));
    case 'svg':
    case 'png':
      return drawings(format, all, colours);
  }
}

/** Labels to train with, which name each thing of a picture once, and the pictures. */
async function labelArchive(
  name: string,
  all: readonly Annotation[],
  write: (images: readonly AnnotatedImage[]) => ExportFile[],
  folder: string,
): Promise<MadeFile> {
  const labelled = labels(all);
  const files = write(mergeByPicture(labelled).map(({ annotated }) => annotated));
  return archive(name, { ...texts(files), ...(await pictures(labelled, folder)) });
}

async function drawings(format: 'svg' | 'png', all: readonly Annotation[], colours: Colours): Promise<MadeFile> {
  const made: MadeFile[] = [];
  for (const { image, annotated, numbers } of mergeByPicture(all)) {
    const [file] = writeSvg(annotated, {
      picture: await pictureDataUrl(image),
      colour: (_entity, index) => colours.entity(numbers[index] ?? index + 1),
      inkOn: () => colours.ink,
      number: (index) => numbers[index] ?? index + 1,
    });
    if (!file) continue;
    const blob = format === 'svg' ? blobOf(file) : await svgToPng(file.text, annotated.width, annotated.height);
    made.push({ name: file.path.replace(/svg$/, format), blob });
  }
  const [only, ...others] = made;
  if (only && others.length === 0) return only;
  const files: Zippable = {};
  for (const { name, blob } of made) files[name] = new Uint8Array(await blob.arrayBuffer());
  return archive(`${format}.zip`, files);
}

async function cropFiles(all: readonly Annotation[]): Promise<Zippable> {
  const files: Zippable = {};
  for (const { image, annotated } of mergeByPicture(all)) {
    const [folder = 'image'] = fileStems([annotated.fileName]);
    const boxes = annotated.entities.flatMap(({ boxes, phrase }) => boxes.map((box) => ({ box, phrase })));
    const cut = await crops(
      image,
      boxes.map(({ box }) => box),
    );
    const names = phraseStems(boxes.map(({ phrase }) => phrase ?? ''));
    for (const [index, bytes] of cut.entries()) files[`${folder}/${index + 1}-${names[index]}.png`] = bytes;
  }
  return files;
}

async function pictures(all: readonly Annotation[], folder: string): Promise<Zippable> {
  const files: Zippable = {};
  for (const { image, annotated } of all) files[`${folder}/${annotated.fileName}`] ??= await pictureBytes(image);
  return files;
}

function texts(files: readonly ExportFile[]): Zippable {
  return Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)]));
}

function single([file]: readonly ExportFile[]): MadeFile {
  if (!file) throw new RangeError('An export has at least one file.');
  return { name: file.path, blob: blobOf(file) };
}

function blobOf({ text, type }: ExportFile): Blob {
  return new Blob([text], { type });
}

function archive(name: string, files: Zippable): MadeFile {
  return { name, blob: new Blob([zipSync(files) as BlobPart], { type: 'application/zip' }) };
}
