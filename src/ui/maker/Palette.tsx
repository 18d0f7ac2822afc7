import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { categoryOf, KINDS, type Kind } from '../../scenes/kinds.ts';
import { MOST_THINGS } from '../../scenes/truth.ts';
import * as strings from '../all-strings.ts';
import { add, change, endGesture, makerStore } from './maker-store.ts';
import { spriteStyle } from './sprites.ts';
import { newGesture } from './use-scene-pointer.ts';

interface Props {
  readonly sceneRef: RefObject<HTMLElement | null>;
  /** Hears of what was added, or that nothing more can be. */
  readonly onAdd: (kind: Kind, added: boolean) => void;
}

/** Every kind of thing: pressed, it comes into the scene where there is room; a mouse also drags it there. */
export function Palette({ sceneRef, onAdd }: Props): ReactNode {
  const [sought, setSought] = useState('');
  const [reached, setReached] = useState<Kind>('dog');
  const full = useStore(makerStore, ({ scene }) => scene.things.length >= MOST_THINGS);
  const words = strings.maker;
  const found = KINDS.filter((kind) =>
    `${kind} ${words.kinds[kind]}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const categories = [...new Set(found.map(categoryOf))];
  const stop = found.includes(reached) ? reached : found[0];
  return (
    <div className="palette">
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        maxLength={40}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      <div className="palette-groups">
        {categories.map((category) => (
          <fieldset key={category}>
            <legend>{words.categories[category]}</legend>
            {found
              .filter((kind) => categoryOf(kind) === category)
              .map((kind) => (
                <Tile
                  key={kind}
                  {...{ kind, sceneRef, onAdd }}
                  disabled={full}
                  tabIndex={kind === stop ? 0 : -1}
                  onReach={() => setReached(kind)}
                />
              ))}
          </fieldset>
        ))}
        {found.length === 0 && <p className="help">{words.noKind(sought.trim())}</p>}
      </div>
    </div>
  );
}

interface TileProps extends Props {
  readonly kind: Kind;
  readonly disabled: boolean;
  readonly tabIndex: number;
  readonly onReach: () => void;
}

function Tile({ kind, sceneRef, onAdd, disabled, tabIndex, onReach }: TileProps): ReactNode {
  /** The thing that a mouse is dragging into the scene, once it is over it. */
  const drag = useRef<{ gesture: string; id: number | null } | null>(null);
  const dragged = useRef(false);
  const name = strings.maker.kinds[kind];

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const scene = sceneRef.current?.getBoundingClientRect();
    if (!drag.current || !scene) return;
    const place = { x: (event.clientX - scene.left) / scene.width, y: (event.clientY - scene.top) / scene.height };
    const inside = place.x >= 0 && place.x <= 1 && place.y >= 0 && place.y <= 1;
    if (drag.current.id !== null) change(drag.current.id, place, drag.current.gesture);
    else if (inside && !disabled) drag.current.id = add(kind, place, drag.current.gesture);
  }

  function endDrag({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): void {
    if (!drag.current) return;
    const { left, top, right, bottom } = currentTarget.getBoundingClientRect();
    const isOver = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    // The click comes to the tile that holds the pointer, wherever it is let go.
    dragged.current = drag.current.id !== null || !isOver;
    if (drag.current.id !== null) {
      endGesture();
      onAdd(kind, true);
    }
    drag.current = null;
  }

  return (
    <button
      type="button"
      className="tile"
      aria-label={strings.maker.add(name)}
      title={strings.maker.tile(name, kind)}
      aria-disabled={disabled || undefined}
      tabIndex={tabIndex}
      onFocus={onReach}
      onKeyDown={moveFocus}
      onPointerDown={(event) => {
        dragged.current = false;
        if (event.pointerType !== 'mouse' || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { gesture: newGesture(), id: null };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onClick={() => {
        // The end of a drag is no press, nor is that of one given up.
        if (!dragged.current) onAdd(kind, add(kind) !== null);
        dragged.current = false;
      }}
    >
      <span style={spriteStyle(kind)} />
    </button>
  );
}

/** Arrows go from tile to tile, also up and down. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...(event.currentTarget.closest('.palette')?.querySelectorAll<HTMLElement>('.tile') ?? [])];
  const from = tiles.indexOf(event.currentTarget);
  const to = {
    ArrowRight: tiles[from + 1],
    ArrowLeft: tiles[from - 1],
    ArrowDown: nearest(tiles.slice(from + 1), tiles[from], 1),
    ArrowUp: nearest(tiles.slice(0, from).reverse(), tiles[from], -1),
    Home: tiles[0],
    End: tiles.at(-1),
  }[event.key];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

/** The tile nearest across in the next row on the way; `tiles` in the order of the way. */
function nearest(tiles: readonly HTMLElement[], from: HTMLElement | undefined, way: 1 | -1): HTMLElement | undefined {
  const own = from?.getBoundingClientRect();
  if (!own) return undefined;
  const others = tiles.map((tile) => ({ tile, rect: tile.getBoundingClientRect() }));
  const row = others.find(({ rect }) => way * (rect.top - own.top) > 1)?.rect.top;
  const across = (rect: DOMRect) => Math.abs(rect.left - own.left);
  return others.filter(({ rect }) => rect.top === row).toSorted((a, b) => across(a.rect) - across(b.rect))[0]?.tile;
}
