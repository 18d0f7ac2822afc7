import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useStore } from 'zustand';
import { backgroundOf } from '../../scenes/backgrounds.ts';
import { restacked } from '../../scenes/edit.ts';
import { boxOf, type Thing } from '../../scenes/scene.ts';
import * as strings from '../all-strings.ts';
import { ARROWS } from '../common/arrows.ts';
import { placedOn } from '../stage/placed-on.ts';
import { positionWords } from '../stage/position-words.ts';
import { change, edit, endGesture, makerStore, remove, select } from './maker-store.ts';
import { spriteStyle } from './sprites.ts';
import { useScenePointer } from './use-scene-pointer.ts';

const CORNERS = ['nw', 'ne', 'sw', 'se'] as const;

/** How far an arrow moves a thing, with Shift and without, and a key resizes it; in 0..1 of the picture. */
const STEP = 0.01;
const LEAP = 0.05;
const SIZE_STEP = 0.02;

/** The scene as it will be: every thing a button in its place, moved by pointer and keys. */
export function SceneStage(): ReactNode {
  const { scene, selected } = useStore(makerStore);
  const stage = useRef<HTMLUListElement>(null);
  const pointer = useScenePointer(stage);
  const chosen = scene.things.find(({ id }) => id === selected);
  const words = strings.maker;
  return (
    <ul
      ref={stage}
      tabIndex={-1}
      className="scene"
      aria-label={words.things}
      style={backgroundStyle(scene.background)}
      {...pointer}
    >
      {scene.things.map((thing) => (
        <li key={thing.id}>
          <button
            type="button"
            data-thing={thing.id}
            className="scene-thing"
            aria-label={words.thing(words.kinds[thing.kind], positionWords(boxOf(thing)))}
            aria-pressed={thing.id === selected}
            aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - F PageUp PageDown Delete"
            style={placedOn(boxOf(thing))}
            onFocus={() => thing.id !== selected && select(thing.id)}
            onKeyDown={(event) => onKeyDown(event, thing)}
          >
            <span style={spriteStyle(thing.kind, thing.flipped)} />
          </button>
        </li>
      ))}
      {chosen && (
        <li className="scene-frame" data-thing={chosen.id} style={placedOn(boxOf(chosen))}>
          {CORNERS.map((corner) => (
            <span key={corner} data-handle={corner} />
          ))}
        </li>
      )}
      {scene.things.length === 0 && <li className="scene-empty">{words.empty}</li>}
    </ul>
  );
}

export function backgroundStyle(id: string): CSSProperties {
  const { towards, stops } = backgroundOf(id);
  const colours = stops.map(({ at, colour }) => `rgb(${colour.join(' ')}) ${100 * at}%`);
  return { backgroundImage: `linear-gradient(to ${towards}, ${colours.join(', ')})` };
}

function onKeyDown(event: KeyboardEvent<HTMLElement>, thing: Thing): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !run(event, thing)) return;
  event.preventDefault();
  // The page has other uses for some of these keys.
  event.stopPropagation();
}

function run({ key, shiftKey, repeat, currentTarget }: KeyboardEvent<HTMLElement>, { id, x, y, size, flipped }: Thing) {
  // A key held down is one step, from its first press on.
  if (!repeat) endGesture();
  const gesture = `key ${key} ${id}`;
  const arrow = ARROWS[key];
  if (arrow) {
    const by = shiftKey ? LEAP : STEP;
    change(id, { x: x + arrow[0] * by, y: y + arrow[1] * by }, gesture);
  } else if (key === '+' || key === '=') change(id, { size: size + SIZE_STEP }, gesture);
  else if (key === '-' || key === '_') change(id, { size: size - SIZE_STEP }, gesture);
  else if (key.toLowerCase() === 'f') change(id, { flipped: !flipped });
  else if (key === 'PageUp' || key === 'PageDown') {
    edit((scene) => restacked(scene, id, key === 'PageUp' ? 1 : -1));
    // An element that changes places loses the focus.
    requestAnimationFrame(() => currentTarget.focus());
  } else if (key === 'Delete' || key === 'Backspace') {
    // The focus goes on to the thing beside it, or to the scene without things.
    const list = currentTarget.closest('ul');
    const all = [...(list?.querySelectorAll<HTMLElement>('.scene-thing') ?? [])];
    const place = all.indexOf(currentTarget);
    remove(id);
    (all[place + 1] ?? all[place - 1] ?? list)?.focus();
  } else return false;
  return true;
}
