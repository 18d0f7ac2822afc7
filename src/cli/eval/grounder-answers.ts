import { dirname, join } from 'node:path';
import { placesByName } from '../../evaluation/datasets/data-folder.ts';
import type { Answerer } from '../../evaluation/evaluate.ts';
import { AppError } from '../../protocol/errors.ts';
import { checkFolder } from '../ground/pictures.ts';
import type { Grounder } from '../grounder.ts';

/**
 * Answers about the pictures below a folder, which are named without their folders. Beyond what an Answerer throws, it is
 * STORAGE_FAILED where the disk of the pictures fails or went away.
 */
export function grounderAnswers(grounder: Grounder, folder: string, names: readonly string[]): Answerer {
  const places = placesByName(names);
  return {
    atOnce: grounder.atOnce,
    async answer(image, { prompt, options, enough }) {
      const [place, other] = places.get(image) ?? [];
      if (place === undefined) {
        throw new AppError(
          'IMAGE_UNKNOWN',
          `The picture ${image} is not in "${folder}". Name its folder with --images.`,
          {
            image,
            folder,
          },
        );
      }
      // Which of them was asked about would be anybody's guess.
      if (other !== undefined) {
        throw new AppError(
          'IMAGE_UNKNOWN',
          `The picture ${image} lies twice below "${folder}", as ${place} and ${other}. Name the folder of the right one with --images.`,
          { image, folder, place, other },
        );
      }
      const path = join(folder, place);
      try {
        return await grounder.answer(path, prompt, options, enough);
      } catch (thrown) {
        // It was there when the run began: where others are gone too, their disk is.
        if (thrown instanceof AppError && thrown.details.reason === 'ENOENT') await checkFolder(dirname(path));
        throw thrown;
      }
    },
  };
}
