import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { BACKGROUNDS } from '../../scenes/backgrounds.ts';
import * as strings from '../all-strings.ts';
import { edit, makerStore } from './maker-store.ts';
import { backgroundStyle } from './SceneStage.tsx';

/** What is behind the things. */
export function BackgroundChoice(): ReactNode {
  const chosen = useStore(makerStore, ({ scene }) => scene.background);
  const words = strings.maker;
  return (
    <fieldset className="scene-backgrounds">
      <legend>{words.background}</legend>
      {BACKGROUNDS.map(({ id }) => (
        <input
          key={id}
          type="radio"
          name="scene-background"
          aria-label={words.backgrounds[id]}
          title={words.backgrounds[id]}
          style={backgroundStyle(id)}
          checked={id === chosen}
          onChange={() => edit((scene) => ({ ...scene, background: id }))}
        />
      ))}
    </fieldset>
  );
}
