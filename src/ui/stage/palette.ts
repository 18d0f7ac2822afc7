import { useMemo } from 'react';
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

/** The palette of the colour scheme in force; a new scheme renders again. */
export function usePalette(): Palette {
  const dark = useMedia('(prefers-color-scheme: dark)');
  // The scheme decides what the style says. Asking for it has the browser work it out: not with every token of an answer.
  return useMemo(readPalette, [dark]);
}
