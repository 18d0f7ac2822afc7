import { type DataFolder, placesByName } from '../../evaluation/datasets/data-folder.ts';
import { AppError } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';
import type { PlacedFile } from './folder-files.ts';

/** Pictures of a data set by their file names. @throws AppError IMAGE_UNKNOWN, STORAGE_FAILED where no other could be read either */
export type Pictures = (name: string) => Promise<Blob>;

export interface PickedFolder {
  readonly name: string;
  readonly folder: DataFolder;
  readonly pictures: Pictures;
}

/** Files tried before a disk counts as gone: some may have been deleted one by one. */
const MOST_TRIED = 100;

/** A folder of placed files, or several side by side. */
export function pickedFolder(files: readonly PlacedFile[]): PickedFolder {
  // With the folders' own names: several may have been dropped at once, and data sets are told apart by them.
  const byPlace = new Map(files.map(({ path, file }) => [path, file]));
  const places = placesByName(byPlace.keys());
  return {
    name: files[0]?.path.split('/')[0] ?? '',
    folder: {
      names: [...byPlace.keys()].sort(),
      async bytes(name) {
        try {
          return new Uint8Array(await (byPlace.get(name) as File).arrayBuffer());
        } catch (thrown) {
          throw new AppError('FOLDER_UNREADABLE', strings.evaluation.unreadable(name), { name }, thrown);
        }
      },
    },
    async pictures(name) {
      const [place, other] = places.get(name) ?? [];
      // Which of them was asked about would be anybody's guess.
      if (place !== undefined && other !== undefined) {
        throw new AppError('IMAGE_UNKNOWN', strings.evaluation.twoPictures(name, place, other), { name, place, other });
      }
      const file = byPlace.get(place ?? '');
      if (file) {
        await checkDisk(file, place as string, files);
        return file;
      }
      throw new AppError('IMAGE_UNKNOWN', strings.evaluation.noPicture(name), { name });
    },
  };
}

/**
 * A file that alone cannot be read is told of by whoever decodes it.
 * @throws AppError STORAGE_FAILED where those beside it cannot be read either
 */
async function checkDisk(file: File, place: string, files: readonly PlacedFile[]): Promise<void> {
  try {
    await readByte(file);
  } catch (thrown) {
    const others = files.filter(({ path }) => path !== place);
    const beside = others.filter(({ path }) => folderOf(path) === folderOf(place));
    const tried = (beside.length > 0 ? beside : others).slice(0, MOST_TRIED);
    await Promise.any(tried.map((other) => readByte(other.file))).catch(() => {
      throw new AppError('STORAGE_FAILED', strings.evaluation.folderGone(place), { picture: place }, thrown);
    });
  }
}

async function readByte(file: File): Promise<void> {
  await file.slice(0, 1).arrayBuffer();
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
