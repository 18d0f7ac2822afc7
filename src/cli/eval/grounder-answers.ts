import { join } from 'node:path';
import { placesByName } from '../../evaluation/datasets/data-folder.ts';
import type { Answerer } from '../../evaluation/evaluate.ts';
import { AppError } from '../../protocol/errors.ts';
import type { Grounder } from '../grounder.ts';

/** Answers about the pictures below a folder, which are named without their folders. */
export function grounderAnswers(grounder: Grounder, folder: string, names: readonly string[]): Answerer {
  const places = placesByName(names);
  return {
    atOnce: grounder.atOnce,
    async answer(image, { prompt, options, enough }) {
      const [place, other] = places.get(image) ?? [];
      if (place === undefined) {
        throw new AppError(
          'IMAGE_UNKNOWN',
          `The picture ${image} is not in "${folder}". Name its folder by --images.`,
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
          `The picture ${image} lies twice below "${folder}", as ${place} and ${other}. Name the folder of the right one by --images.`,
          { image, folder, place, other },
        );
      }
      return grounder.answer(join(folder, place), prompt, options, enough);
    },
  };
}
