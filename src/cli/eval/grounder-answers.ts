import { join } from 'node:path';
import { baseName } from '../../evaluation/datasets/data-folder.ts';
import type { Answerer } from '../../evaluation/evaluate.ts';
import { AppError } from '../../protocol/errors.ts';
import type { Grounder } from '../grounder.ts';

/** Answers about the pictures below a folder, which are named without their folders. */
export function grounderAnswers(grounder: Grounder, folder: string, names: readonly string[]): Answerer {
  const places = new Map(names.map((name) => [baseName(name), name]));
  return {
    atOnce: grounder.atOnce,
    async answer(image, { prompt, options, enough }) {
      const place = places.get(image);
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
      return grounder.answer(join(folder, place), prompt, options, enough);
    },
  };
}
