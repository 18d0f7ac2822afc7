import type { ComposedScenes } from '../../evaluation/datasets/composed-scenes.ts';
import { AppError } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';
import { drawScene } from '../maker/draw-scene.ts';
import { loadSheet, sheetStore } from '../maker/sprites.ts';
import type { Pictures } from './picked-folder.ts';

/**
 * Draws a scene when its picture is asked for.
 * @throws AppError PACKAGE_FETCH_FAILED and CANVAS_DENIED, after which no other could be drawn either, IMAGE_UNKNOWN
 */
export function drawnPictures({ scenes }: ComposedScenes): Pictures {
  return async (name) => {
    await loadSheet();
    const { image } = sheetStore.getState();
    if (!image) {
      const file = 'sprites.webp';
      const message = `${file}, which scenes are drawn with, could not be fetched. Check the connection and try again.`;
      throw new AppError('PACKAGE_FETCH_FAILED', message, { file });
    }
    const scene = scenes.get(name);
    if (!scene) throw new AppError('IMAGE_UNKNOWN', strings.evaluation.noPicture(name), { name });
    return drawScene(scene, image);
  };
}
