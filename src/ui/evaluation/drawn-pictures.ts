import type { ComposedScenes } from '../../evaluation/datasets/composed-scenes.ts';
import { AppError } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';
import { drawScene } from '../maker/draw-scene.ts';
import { loadSheet, sheetStore } from '../maker/sprites.ts';
import type { Pictures } from './picked-folder.ts';

/** Draws a scene when its picture is asked for. */
export function drawnPictures({ scenes }: ComposedScenes): Pictures {
  return async (name) => {
    await loadSheet();
    const { image } = sheetStore.getState();
    const scene = scenes.get(name);
    if (!image || !scene) throw new AppError('IMAGE_UNKNOWN', strings.evaluation.noPicture(name), { name });
    return drawScene(scene, image);
  };
}
