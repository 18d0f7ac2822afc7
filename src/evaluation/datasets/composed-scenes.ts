import { composeScene } from '../../scenes/compose.ts';
import { boxOf, type Scene } from '../../scenes/scene.ts';
import { countInWords } from '../../scenes/words.ts';
import type { PhraseSample } from '../sample.ts';

/** Scenes that are composed, not read, and what can be found on them. */
export interface ComposedScenes {
  /** By the name of the picture that is to be drawn of it. */
  readonly scenes: ReadonlyMap<string, Scene>;
  readonly samples: readonly PhraseSample[];
}

/**
 * Phrases of scenes like those the demo model was taught: every kind of thing on a scene by its name, "a dog" or "two dogs".
 * @param count of phrases; the same first ones whatever it is
 */
export function composedScenes(seed: number, count: number): ComposedScenes {
  const scenes = new Map<string, Scene>();
  const samples: PhraseSample[] = [];
  for (let at = 0; samples.length < count; at++) {
    const scene = composeScene((seed + at) >>> 0);
    const image = `scene-${seed + at}.png`;
    scenes.set(image, scene);
    for (const kind of new Set(scene.things.map((thing) => thing.kind))) {
      const alike = scene.things.filter((thing) => thing.kind === kind);
      if (samples.length === count) break;
      samples.push({
        task: 'grounding',
        id: `${seed + at}/${kind}`,
        image,
        categories: [alike.length > 1 ? 'plural' : 'name'],
        phrase: countInWords(kind, alike.length),
        before: '',
        boxes: alike.map(boxOf),
      });
    }
  }
  return { scenes, samples };
}
