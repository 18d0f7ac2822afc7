import { type FileHandle, open, rename } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';
import { writeCoco } from '../../kosmos2/formats/coco.ts';
import type { ExportFile } from '../../kosmos2/formats/export-file.ts';
import { writeGrit } from '../../kosmos2/formats/grit.ts';
import { pairedStems } from '../../kosmos2/formats/paired-stems.ts';
import { writeVoc } from '../../kosmos2/formats/voc.ts';
import { writeYolo } from '../../kosmos2/formats/yolo.ts';
import { AppError } from '../../protocol/errors.ts';
import { UsageError } from '../cli.ts';
import { annotatedImage } from './annotated.ts';
import { eachPlaceOnce } from './each-place-once.ts';
import type { JournalLine } from './journal.ts';
import { isLabel } from './labels.ts';
import { ParquetFile } from './parquet-file.ts';
import { UNFINISHED, writeWhole } from './write-whole.ts';

/** Formats that number their categories or pictures over the whole file, which therefore is made in memory. */
const WHOLE = {
  coco: writeCoco,
  // Whoever trains with them puts the pictures beside them, under the names they have.
  yolo: (images: readonly AnnotatedImage[]) => writeYolo(images, pairedStems, true),
  voc: (images: readonly AnnotatedImage[]) => writeVoc(images, pairedStems),
} as const;
/** Rows of a run that is written in one of them: some 300 MB, and short of the longest text JavaScript can hold. */
const MOST_WHOLE = 200_000;
/** Captions of a part of a GrIT file. */
const GRIT_PART = 1000;

export const FORMATS = ['jsonl', 'coco', 'grit', 'yolo', 'voc', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** Reads `--format`: one or more, with commas. @throws UsageError */
export function parseFormats(text: string): readonly Format[] {
  return text.split(',').map((wanted) => {
    const format = FORMATS.find((name) => name === wanted.trim());
    if (format) return format;
    throw new UsageError(`--format is one or more of ${FORMATS.join(', ')}, not "${wanted}".`);
  });
}

/** @throws AppError OPTION_INVALID where a format cannot hold that many rows in one file */
export function checkRoom(formats: readonly Format[], rows: number): void {
  const whole = formats.find((format) => format in WHOLE);
  if (whole === undefined || rows <= MOST_WHOLE) return;
  throw new AppError(
    'OPTION_INVALID',
    `A ${whole} file is made in memory and holds at most ${MOST_WHOLE} rows, but this run has ${rows}. Use --shard to make several (coco and yolo number the categories of each anew), or grit or parquet.`,
    { rows, limit: MOST_WHOLE },
  );
}

/**
 * Writes the answers of a run in the formats asked for, each whole or not at all.
 * @param lines all answers, in their order; read once for each format
 * @returns the pictures that those to train with leave out, as nobody looked for things in them
 * @throws AppError OPTION_INVALID as checkRoom
 */
export async function writeFormats(
  formats: readonly Format[],
  folder: string,
  lines: () => AsyncIterable<JournalLine>,
): Promise<ReadonlySet<string>> {
  let leftOut: ReadonlySet<string> = new Set();
  for (const format of formats) {
    if (format === 'parquet') await writeParquet(join(folder, 'answers.parquet'), lines());
    else if (format === 'grit') await writeGritFile(join(folder, 'grit.jsonl'), lines());
    else if (format !== 'jsonl') {
      const labels = await labelled(format, lines());
      leftOut = labels.leftOut;
      await writeFiles(folder, WHOLE[format](eachPlaceOnce(labels.images)));
    }
  }
  return leftOut;
}

/** What can be learned from, a picture under one name however rows spell it; it is left out where none of its lines can. */
async function labelled(format: Format, lines: AsyncIterable<JournalLine>) {
  const images: AnnotatedImage[] = [];
  const leftOut = new Set<string>();
  for await (const line of lines) {
    const image = annotatedImage(line);
    if (!image) continue;
    const fileName = posix.normalize(image.fileName);
    if (isLabel(line)) checkRoom([format], images.push({ ...image, fileName }));
    else leftOut.add(fileName);
  }
  for (const { fileName } of images) leftOut.delete(fileName);
  return { images, leftOut };
}

async function writeFiles(folder: string, files: readonly ExportFile[]): Promise<void> {
  for (const { path, text } of files) await writeWhole(join(folder, path), text);
}

async function writeParquet(path: string, lines: AsyncIterable<JournalLine>): Promise<void> {
  const file = new ParquetFile(`${path}${UNFINISHED}`);
  for await (const line of lines) file.add(line);
  file.finish();
  await rename(`${path}${UNFINISHED}`, path);
}

async function writeGritFile(path: string, lines: AsyncIterable<JournalLine>): Promise<void> {
  const file = await open(`${path}${UNFINISHED}`, 'w');
  try {
    let part: AnnotatedImage[] = [];
    // The numbers of the rows in the whole input, so that the files of shards can be put together.
    let ids: number[] = [];
    for await (const line of lines) {
      const image = annotatedImage(line);
      if (!image) continue;
      part.push(image);
      ids.push(line.index);
      if (part.length < GRIT_PART) continue;
      await appendGrit(file, part, ids);
      part = [];
      ids = [];
    }
    await appendGrit(file, part, ids);
  } finally {
    await file.close();
  }
  await rename(`${path}${UNFINISHED}`, path);
}

async function appendGrit(file: FileHandle, part: readonly AnnotatedImage[], ids: readonly number[]): Promise<void> {
  for (const { text } of writeGrit(part, ids)) await file.appendFile(text);
}
