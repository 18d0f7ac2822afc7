import { type DataFolder, placesByName } from '../../evaluation/datasets/data-folder.ts';
import { AppError } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';
import type { PlacedFile } from './folder-files.ts';

/** Pictures of a data set by their file names. @throws AppError IMAGE_UNKNOWN */
export type Pictures = (name: string) => Promise<Blob>;

export interface PickedFolder {
  readonly name: string;
  readonly folder: DataFolder;
  readonly pictures: Pictures;
}

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
      if (file) return file;
      throw new AppError('IMAGE_UNKNOWN', strings.evaluation.noPicture(name), { name });
    },
  };
}
