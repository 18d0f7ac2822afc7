import { useMemo, useSyncExternalStore } from 'react';
import { ENTITY_COLOURS, hueOf } from '../common/entity-style.ts';
import { useMedia } from '../common/use-media.ts';

/** Colours for the canvas, which knows no custom properties: read from entities.css, their only home. */
export interface Palette {
  entity(number: number): string;
  readonly onEntity: string;
  readonly outline: string;
  readonly halo: string;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const entities = Array.from({ length: ENTITY_COLOURS }, (_, index) => value(`--entity-${index + 1}`));
  return {
    entity: (number) => entities[hueOf(number) - 1] ?? value('--text'),
    onEntity: value('--on-entity'),
    outline: value('--box-outline'),
    halo: value('--box-halo'),
  };
}

/** The palette in force; a new scheme, or one that the page chooses at its root element, renders again. */
export function usePalette(): Palette {
  const dark = useMedia('(prefers-color-scheme: dark)');
  const root = useSyncExternalStore(onRootChange, rootAttributes);
  // They decide what the style says. Asking for it has the browser work it out: not with every token of an answer.
  return useMemo(readPalette, [dark, root]);
}

function onRootChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  return () => observer.disconnect();
}

/** Class, style or whatever other people's pages have their switch of colours set. */
function rootAttributes(): string {
  return Array.from(document.documentElement.attributes, ({ name, value }) => `${name}=${value}`).join(' ');
}
