import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { restacked } from '../../scenes/edit.ts';
import { SIZES } from '../../scenes/scene.ts';
import * as strings from '../all-strings.ts';
import { Tool } from '../common/Tool.tsx';
import { change, clear, edit, endGesture, makerStore, redo, remove, shuffle, undo } from './maker-store.ts';

/** What is done with the whole scene, and what with the thing that is selected. */
export function SceneTools(): ReactNode {
  const { scene, selected, before, after } = useStore(makerStore);
  const thing = scene.things.find(({ id }) => id === selected);
  const at = thing ? scene.things.indexOf(thing) : 0;
  const words = strings.maker;
  return (
    <div className="scene-tools">
      <fieldset>
        <legend className="visually-hidden">{words.whole}</legend>
        <Tool words={words.shuffle} onPress={shuffle} />
        <Tool words={words.clear} onPress={clear} disabled={scene.things.length === 0} />
        <Tool words={words.undo} onPress={undo} disabled={before.length === 0} />
        <Tool words={words.redo} onPress={redo} disabled={after.length === 0} />
      </fieldset>
      <fieldset>
        <legend className="visually-hidden">
          {thing ? words.selected(words.kinds[thing.kind]) : words.noneSelected}
        </legend>
        <label className="scene-size">
          {words.size}
          <input
            type="range"
            min={SIZES.least}
            max={SIZES.most}
            step={0.01}
            disabled={!thing}
            value={thing?.size ?? SIZES.least}
            aria-valuetext={strings.maker.sizeOf(thing?.size ?? SIZES.least)}
            onChange={({ target }) => thing && change(thing.id, { size: Number(target.value) }, `size ${thing.id}`)}
            onPointerUp={endGesture}
            onKeyUp={endGesture}
          />
        </label>
        <Tool
          words={words.flip}
          disabled={!thing}
          onPress={() => thing && change(thing.id, { flipped: !thing.flipped })}
        />
        <Tool
          words={words.forward}
          disabled={!thing || at === scene.things.length - 1}
          onPress={() => thing && edit((now) => restacked(now, thing.id, 1))}
        />
        <Tool
          words={words.backward}
          disabled={!thing || at === 0}
          onPress={() => thing && edit((now) => restacked(now, thing.id, -1))}
        />
        <Tool words={words.remove} disabled={!thing} onPress={() => thing && remove(thing.id)} />
      </fieldset>
    </div>
  );
}
